import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id } from '../limits.ts';
import { answeredId, maybe, readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** A conversation as the Page's inbox has it. */
export interface ConversationSummary {
  /** Meta's id of it, such as `t_123`; not the queue's. */
  readonly id: string;
  /** ISO 8601. */
  readonly updatedTime?: string | undefined;
  readonly messageCount?: number | undefined;
  readonly unreadCount?: number | undefined;
}

/** A message of a conversation. Meta keeps the details of the 20 newest only. */
export interface StoredMessage {
  readonly id: string;
  /** ISO 8601. */
  readonly createdTime?: string | undefined;
  readonly from?: { readonly id: string; readonly name?: string | undefined } | undefined;
  /** The text. */
  readonly message?: string | undefined;
}

/**
 * What was said. Meta takes 2 of these calls a second for a Page.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/conversations
 */
export interface Conversations {
  /**
   * The Page's conversations, the latest first; fetched as they are asked for.
   *
   * @example
   * for await (const { id, unreadCount } of graph.conversations.list()) console.log(id, unreadCount);
   *
   * @throws GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  list(
    options?: CallOptions & {
      /** Default `messenger`. */
      readonly platform?: 'messenger' | 'instagram' | undefined;
      /** Only the conversation with this person. */
      readonly psid?: string | undefined;
    },
  ): AsyncIterable<ConversationSummary>;
  /** The messages of a conversation, the newest first; fetched as they are asked for. */
  messages(conversationId: string, options?: CallOptions): AsyncIterable<StoredMessage>;
  /** One message. */
  message(messageId: string, options?: CallOptions): Promise<StoredMessage>;
}

const summary: z.ZodType<ConversationSummary> = z.object({
  id: answeredId,
  updatedTime: maybe(z.string()),
  messageCount: maybe(z.number()),
  unreadCount: maybe(z.number()),
});

const message: z.ZodType<StoredMessage> = z.object({
  id: answeredId,
  createdTime: maybe(z.string()),
  from: maybe(z.object({ id: answeredId, name: maybe(z.string()) })),
  message: maybe(z.string()),
});

const objectId = z.string().regex(/^[\w$=+:~-]{1,1000}$/, 'must be an id such as t_12 or m_34');
const platforms = z.enum(['messenger', 'instagram']);
const MESSAGE_FIELDS = 'id,created_time,from,message';
const rateClass = 'conversations';

export function createConversations(makeCall: MakeCall, pageId: string): Conversations {
  return {
    list: ({ platform = 'messenger', psid, signal } = {}) => {
      const query = {
        platform: check('conversations.platform', platforms, platform),
        user_id: psid === undefined ? undefined : check('conversations.psid', id, psid),
        fields: 'id,updated_time,message_count,unread_count',
      };
      const path = `${pageId}/conversations`;
      return paged(makeCall, { method: 'GET', path, query, rateClass, signal }, summary);
    },
    messages: (conversationId, { signal } = {}) => {
      const path = `${check('conversation.id', objectId, conversationId)}/messages`;
      const query = { fields: MESSAGE_FIELDS };
      return paged(makeCall, { method: 'GET', path, query, rateClass, signal }, message);
    },
    message: async (messageId, { signal } = {}) => {
      const path = check('message.id', objectId, messageId);
      const query = { fields: MESSAGE_FIELDS };
      const answer = await makeCall({ method: 'GET', path, query, rateClass, signal });
      return readRenamed(message, answer, 'GET a message');
    },
  };
}
