import type { JSX } from 'preact';
import { attempt, failure } from './live/actions.ts';
import { words } from './live/language.ts';
import { server } from './live/server.ts';
import { world } from './live/session.ts';
import { type Notice, noticesOf } from './model/notice.ts';
import { Icon } from './parts/icon.tsx';
import { IconButton } from './parts/icon-button.tsx';
import './notice-line.css';

/** What is wrong and what to do; goes away by itself when it is mended. */
export function NoticeLine(): JSX.Element {
  const { text } = words.value;
  const notices = noticesOf(world.value);
  return (
    <div class="notices" role="status" data-testid="notice">
      {notices.map((notice) => (
        <p key={notice.kind + ('pageId' in notice ? notice.pageId : '')} class="notice">
          <Icon name="failed" />
          <span class="notice-text">{textOf(notice)}</span>
          {notice.kind === 'unsubscribed' && (
            <button
              type="button"
              class="plain small"
              onClick={() => void attempt(() => server.subscribe(notice.pageId))}
            >
              {text('subscribe')}
            </button>
          )}
        </p>
      ))}
      {failure.value !== '' && world.value.connected && (
        <p class="notice">
          <Icon name="failed" />
          <span class="notice-text">{failure.value}</span>
          <IconButton
            icon="close"
            label={text('dismiss')}
            onClick={() => {
              failure.value = '';
            }}
          />
        </p>
      )}
    </div>
  );
}

function textOf(notice: Notice): string {
  const { kind, ...values } = notice;
  return words.value.text(`notice-${kind}`, values);
}
