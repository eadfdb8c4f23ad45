import type { JSX } from 'preact';
import type { ChatMessage } from '../../src/state/state.ts';
import { attempt } from '../live/actions.ts';
import { beginEdit, replyTo } from '../live/drafts.ts';
import { words } from '../live/language.ts';
import { server } from '../live/server.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Popover } from '../parts/popover.tsx';
import { type ReactionName, reactionFaces } from './reaction-faces.ts';
import './bubble-actions.css';

/** https://developers.facebook.com/docs/messenger-platform: a person may edit five times. */
const MOST_EDITS = 5;

interface Props {
  readonly psid: string;
  readonly message: ChatMessage;
  /** Only those of the newest message are reached with Tab; arrows lead to the others. */
  readonly isNewest: boolean;
}

/** Beside a bubble, for the pointer and for the keyboard. */
export function BubbleActions({ psid, message, isNewest }: Props): JSX.Element {
  const { mid, direction, text: said, tap, edits = 0 } = message;
  const { text } = words.value;
  const tabIndex = isNewest ? 0 : -1;
  const isOwnText = direction === 'out' && said !== undefined && tap === undefined;
  return (
    <div class="bubble-actions">
      {direction === 'in' && <Reactions psid={psid} message={message} tabIndex={tabIndex} />}
      <IconButton
        icon="reply"
        label={text('reply')}
        tabIndex={tabIndex}
        onClick={() => replyTo(psid, mid)}
      />
      {isOwnText && (
        <IconButton
          icon="edit"
          label={text(edits < MOST_EDITS ? 'edit' : 'editsUsedUp')}
          disabled={edits >= MOST_EDITS}
          tabIndex={tabIndex}
          onClick={() => beginEdit(psid, mid, said)}
        />
      )}
    </div>
  );
}

interface ReactionsProps {
  readonly psid: string;
  readonly message: ChatMessage;
  readonly tabIndex: number;
}

function Reactions({ psid, message, tabIndex }: ReactionsProps): JSX.Element {
  const { mid, reaction } = message;
  const { text } = words.value;
  const names = Object.keys(reactionFaces) as ReactionName[];
  return (
    <Popover icon="smile" label={text('react')} class="reactions" tabIndex={tabIndex}>
      {(close) =>
        names.map((name) => (
          <button
            key={name}
            type="button"
            class="face"
            aria-label={text(`reaction-${name}`)}
            title={text(`reaction-${name}`)}
            aria-pressed={reaction === name}
            onClick={() => {
              close();
              // The same one again takes it away, as in Messenger.
              const chosen = reaction === name ? null : name;
              void attempt(() => server.react(psid, mid, chosen));
            }}
          >
            {reactionFaces[name]}
          </button>
        ))
      }
    </Popover>
  );
}

/** Arrows up and down lead from the actions of one message to those of its neighbour. */
export function moveBetweenBubbles(event: KeyboardEvent): void {
  const actions = (event.target as Element).closest('.bubble-actions');
  if (actions === null || event.defaultPrevented) return;
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const all = [...(event.currentTarget as Element).querySelectorAll('.bubble-actions')];
  const next = all[all.indexOf(actions) + (event.key === 'ArrowUp' ? -1 : 1)];
  event.preventDefault();
  next?.querySelector('button')?.focus();
}
