import {
  splitMessage,
  toGraphMessage,
  type MessageContent,
  type UtilityMessage,
} from '@bot/graph-client/builders';
import { ReplyError } from './errors.ts';

/** Something to say: a text, or any message that `@bot/graph-client` can build. */
export type Reply = string | MessageContent;

/** How a reply goes out. */
export interface ReplyOptions {
  /** An approved template that goes out in its place once the window of 24 hours is closed. */
  readonly utility?: UtilityMessage;
  /** The mid of the message that this one answers. */
  readonly replyTo?: string;
  /** Shows another name and picture. */
  readonly personaId?: string;
  /** How the person's phone tells of it. Default `REGULAR`. */
  readonly notificationType?: 'REGULAR' | 'SILENT_PUSH' | 'NO_PUSH';
}

/**
 * Why a reply was not sent, which another attempt would not change: the messaging window is closed,
 * somebody else answers the conversation, the person cannot be reached, or Meta does not want it.
 */
export type Refusal = 'window-closed' | 'taken-over' | 'recipient-gone' | 'rejected';

/** What became of a reply. */
export type ReplyOutcome =
  /** A mid is `undefined` when the message was sent and its answer is lost. */
  | { readonly kind: 'sent'; readonly messageIds: readonly (string | undefined)[] }
  | { readonly kind: 'refused'; readonly reason: Refusal };

/**
 * The messages that say it, in order, each within Meta's limits: a long text is cut into several.
 *
 * @throws {ReplyError} naming the first field over a limit.
 */
export function toMessages(reply: Reply | readonly Reply[]): MessageContent[] {
  const parts = typeof reply === 'object' && Symbol.iterator in reply ? reply : [reply];
  const messages = parts.flatMap((part): MessageContent[] => {
    const content: MessageContent = typeof part === 'string' ? { text: part } : part;
    return 'text' in content && typeof content.text === 'string'
      ? splitMessage(content)
      : [content];
  });
  messages.forEach(assertSendable);
  return messages;
}

function assertSendable(message: MessageContent, index: number): void {
  try {
    toGraphMessage(message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReplyError(`Part ${index + 1} of the reply cannot be sent: ${reason}`, {
      cause: error,
    });
  }
}
