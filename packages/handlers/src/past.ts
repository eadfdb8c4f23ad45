import type { Conversation } from './conversation.ts';
import type { BotEvent } from './event.ts';

/** Something that was said before, as `@bot/history` keeps it. */
export interface PastMessage {
  /** By the person, by the bot, or by a human in the Page's name. */
  readonly direction: 'in' | 'out' | 'human';
  /** What it is, such as `text`. */
  readonly kind: string;
  /** Milliseconds since 1970; of a reply, when that happened which it answers. */
  readonly at: number;
  readonly text?: string;
  readonly mid?: string;
  readonly state: 'received' | 'sent' | 'delivered' | 'read' | 'failed';
}

/** What a turn asks of whoever keeps what was said. */
export interface PastRequest {
  readonly conversation: Conversation;
  /** The one being handled, which does not count, nor do the replies to it. */
  readonly event: BotEvent;
  readonly most: number;
}
