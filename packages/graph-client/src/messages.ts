import { z } from 'zod';

import { badResponse } from './answer.ts';
import type { MakeCall } from './call.ts';
import { MAX_METADATA_LENGTH, MAX_TEXT_LENGTH, checkId, checkOneOf, checkText } from './limits.ts';

/** A text to one person. */
export interface TextMessage {
  /** The person's page-scoped id (PSID). */
  to: string;
  /** 1 to 2000 characters, counted in UTF-16 code units. A longer one is refused, never cut. */
  text: string;
  /**
   * `RESPONSE` answers something the person did, `UPDATE` speaks up by itself. Both only within
   * 24 hours after the person last did something. Default `RESPONSE`.
   */
  messagingType?: 'RESPONSE' | 'UPDATE' | undefined;
  /** Up to 1000 characters of your own, which come back in the message's echo. */
  metadata?: string | undefined;
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** What a person sees beside messages. */
export interface SenderAction {
  /** The person's page-scoped id (PSID). */
  to: string;
  action: 'typing_on' | 'typing_off' | 'mark_seen';
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** What Graph calls the message that was sent. */
export interface SentMessage {
  recipientId: string;
  /** The mid, which the message's echo, delivery and reactions name too. */
  messageId: string;
}

/** The Send API. @see https://developers.facebook.com/docs/messenger-platform/send-messages */
export interface Messages {
  /**
   * Sends a text, once: a failed call is never repeated by itself.
   *
   * @example
   * const { messageId } = await graph.messages.sendText({ to: psid, text: 'Xin chào!' });
   *
   * @throws RequestError before anything is sent, when a field breaks its limit.
   * @throws GraphApiError when Graph refuses it.
   * @throws TransportError when no usable answer came; `effect` says whether it may have arrived.
   */
  sendText(message: TextMessage): Promise<SentMessage>;
  /** Shows that the Page is typing, or has read. Throws the same errors. */
  senderAction(action: SenderAction): Promise<void>;
}

const sentAnswer = z.object({
  // Absent when the recipient was named in another way than by id.
  recipient_id: z.string().optional(),
  message_id: z.string().min(1),
});

const ACTIONS = ['typing_on', 'typing_off', 'mark_seen'] as const;
const MESSAGING_TYPES = ['RESPONSE', 'UPDATE'] as const;

export function createMessages(makeCall: MakeCall, pageId: string): Messages {
  const path = `${pageId}/messages`;
  return {
    sendText: async (message) => {
      const { to, text, metadata, messagingType = 'RESPONSE', signal } = message;
      checkId('message.to', to);
      checkText('message.text', text, { min: 1, max: MAX_TEXT_LENGTH });
      checkOneOf('message.messagingType', messagingType, MESSAGING_TYPES);
      if (metadata !== undefined) {
        checkText('message.metadata', metadata, { min: 0, max: MAX_METADATA_LENGTH });
      }
      const answer = await makeCall({
        method: 'POST',
        path,
        body: {
          recipient: { id: to },
          messaging_type: messagingType,
          message: metadata === undefined ? { text } : { text, metadata },
        },
        signal,
      });
      const sent = sentAnswer.safeParse(answer);
      if (!sent.success) {
        throw badResponse(`POST ${path}`, 200, 'names no message_id');
      }
      return { recipientId: sent.data.recipient_id ?? to, messageId: sent.data.message_id };
    },

    senderAction: async ({ to, action, signal }) => {
      checkId('action.to', to);
      checkOneOf('action.action', action, ACTIONS);
      // Meta takes nothing beside these two here.
      await makeCall({
        method: 'POST',
        path,
        body: { recipient: { id: to }, sender_action: action },
        signal,
      });
    },
  };
}
