import type { BotEvent } from './event.ts';

/** One person talking to one Page. */
export interface Conversation {
  /** `<pageId>:<psid>` */
  readonly id: string;
  readonly pageId: string;
  readonly psid: string;
}

/** The conversation an event belongs to; some events, such as a policy notice, have no person. */
export function conversationOf({ pageId, psid }: BotEvent): Conversation | undefined {
  return psid === undefined ? undefined : { id: `${pageId}:${psid}`, pageId, psid };
}
