import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Composer } from '../composer/composer.tsx';
import { words } from '../live/language.ts';
import { focusColumn } from '../live/layout.ts';
import { server } from '../live/server.ts';
import { now, threads, world } from '../live/session.ts';
import { createThread } from '../model/thread.ts';
import { pageOf } from '../model/world.ts';
import { ConversationHead } from './conversation-head.tsx';
import { Log } from './log.tsx';
import './conversation.css';

interface Props {
  readonly psid: string;
  /** There is no other one beside it. */
  readonly isAlone: boolean;
  readonly isFocused: boolean;
}

/** One column: who it is, what was said, and the message box. */
export function Conversation({ psid, isAlone, isFocused }: Props): JSX.Element | null {
  const person = world.value.people.get(psid);
  const page = pageOf(world.value, person);
  const unread = person?.unread ?? 0;
  const visible = document.visibilityState === 'visible';
  // Read again each second, as long as nobody looks.
  const waits = unread > 0 && !visible ? now.value : 0;
  useEffect(() => {
    if (unread > 0 && visible) server.read(psid).catch(() => undefined);
  }, [psid, unread, visible, waits]);
  if (person === undefined || page === undefined) return null;
  const thread = threads.value.get(psid) ?? createThread(psid);
  const focus = (): void => focusColumn(psid);
  return (
    <section
      class={isFocused ? 'conversation card-face focused' : 'conversation card-face'}
      aria-labelledby={`head-${psid}`}
      onFocusIn={focus}
      onPointerDown={focus}
    >
      <ConversationHead person={person} page={page} isAlone={isAlone} />
      {person.blocked && (
        <p class="blocked-note">
          {words.value.text('blockedNote', { name: person.name, page: page.name })}
        </p>
      )}
      <Log person={person} page={page} thread={thread} />
      <Composer person={person} page={page} thread={thread} />
    </section>
  );
}
