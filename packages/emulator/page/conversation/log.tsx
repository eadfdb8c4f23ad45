import { useSignal } from '@preact/signals';
import { Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatMessage, PageState } from '../../src/state/state.ts';
import { Bubble, type Speakers } from '../bubble/bubble.tsx';
import { moveBetweenBubbles } from '../bubble/bubble-actions.tsx';
import { words } from '../live/language.ts';
import { rowsOf } from '../model/rows.ts';
import type { Thread } from '../model/thread.ts';
import type { KnownPerson } from '../model/world.ts';
import { Avatar } from '../parts/avatar.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { EmptyConversation } from './empty-conversation.tsx';
import { QuickReplies } from './quick-replies.tsx';

interface Props {
  readonly person: KnownPerson;
  readonly page: PageState;
  readonly thread: Thread;
}

/** So near to the end counts as being there. */
const NEAR_PX = 80;
const SETTLED_MS = 500;

export function Log({ person, page, thread }: Props): JSX.Element {
  const { text, day } = words.value;
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** Whoever has not scrolled up sees what is new; a conversation just opened shows its end. */
  const atEnd = useSignal(true);
  /** What was said before is not read out when a conversation opens. */
  const isRead = useSignal(false);
  const messages = [...thread.messages.values()];
  const newest = messages.at(-1);
  const openedAt = useMemo(() => Date.now(), []);
  const speakers = useMemo<Speakers>(
    () => ({ psid: person.psid, person: person.name, pageId: page.id, page: page.name }),
    [person.psid, person.name, page.id, page.name],
  );

  const toEnd = (): void => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  };
  const stay = (): void => {
    if (atEnd.peek()) toEnd();
  };
  useLayoutEffect(stay);
  useEffect(() => {
    const observer = new ResizeObserver(stay);
    for (const box of [scroller.current, inner.current]) if (box) observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!thread.loaded) return undefined;
    const timer = setTimeout(() => {
      isRead.value = true;
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [thread.loaded]);
  const onScroll = (): void => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    atEnd.value = scrollHeight - scrollTop - clientHeight < NEAR_PX;
  };

  return (
    <div class="scroll-area">
      <div
        class="scroller"
        role="group"
        aria-label={text('log', { name: person.name })}
        tabIndex={0}
        ref={scroller}
        onScroll={onScroll}
        onKeyDown={moveBetweenBubbles}
      >
        {thread.loaded && messages.length === 0 && (
          <EmptyConversation person={person} page={page} />
        )}
        <div
          class="log"
          role="log"
          aria-live={isRead.value ? 'polite' : 'off'}
          aria-label={text('log', { name: person.name })}
          data-testid="log"
          ref={inner}
        >
          {rowsOf(messages).map((row) => (
            <Fragment key={row.message.mid}>
              {row.startsDay && <div class="day">{day(row.message.timestamp)}</div>}
              <Bubble
                message={row.message}
                follows={row.follows}
                goesOn={row.goesOn}
                isNewest={row.message === newest}
                arrives={row.message.timestamp > openedAt}
                speakers={speakers}
                quoted={quotedBy(row.message, thread)}
              />
            </Fragment>
          ))}
        </div>
        {newest !== undefined && <QuickReplies psid={person.psid} newest={newest} />}
        {person.typing && (
          <div class="typing" data-testid="typing">
            <Avatar class="small page-avatar" id={page.id} name={page.name} />
            <span class="dots" role="img" aria-label={text('typing')}>
              <i />
              <i />
              <i />
            </span>
          </div>
        )}
      </div>
      {!atEnd.value && (
        <IconButton icon="down" class="to-newest" label={text('toNewest')} onClick={toEnd} />
      )}
    </div>
  );
}

function quotedBy(message: ChatMessage, { messages }: Thread): ChatMessage | undefined {
  return messages.get(message.replyTo ?? message.parameters?.reply_to?.mid ?? '');
}
