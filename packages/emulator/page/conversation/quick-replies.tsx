import type { JSX } from 'preact';
import type { QuickReply } from '../../src/graph/message.ts';
import type { ChatMessage } from '../../src/state/state.ts';
import { Tap } from '../content/choices.tsx';
import { words } from '../live/language.ts';

interface Props {
  readonly psid: string;
  readonly newest: ChatMessage;
}

/** Chips under the newest message; with the next message of either side they are gone. */
export function QuickReplies({ psid, newest }: Props): JSX.Element | null {
  const { text } = words.value;
  const replies: readonly (QuickReply & { readonly image_url?: string })[] =
    newest.payload?.quick_replies ?? [];
  if (replies.length === 0) return null;
  return (
    <div
      class="quick-replies"
      role="group"
      aria-label={text('quickReplies')}
      data-testid="quick-replies"
    >
      {replies.map((reply, index) =>
        reply.content_type === 'text' ? (
          <Tap
            key={index}
            psid={psid}
            title={reply.title}
            mid={newest.mid}
            image={reply.image_url}
            onDone={() =>
              document.querySelector<HTMLElement>('.focused textarea, textarea')?.focus()
            }
          />
        ) : (
          // They tell a person's own number or address, which nobody here has.
          <span key={index} class="choice only-shown">
            {text(`choice-${reply.content_type}`)}
          </span>
        ),
      )}
    </div>
  );
}
