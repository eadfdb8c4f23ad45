import { z } from 'zod';

import { toGraphMessage } from '../content/message.ts';
import type { MessageContent, TextContent } from '../content/message.ts';
import { splitMessage } from '../content/split-message.ts';
import { GraphError, PartlySentError } from '../errors.ts';
import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { id, text as textOf } from '../limits.ts';
import type { RateClass } from '../pipeline/middleware.ts';
import { answeredId, maybe, read } from './answers.ts';
import { checkSend, messagingTypeOf, recipientOf, sendFields } from './send-options.ts';
import type { SendOptions } from './send-options.ts';

/** A message to send. */
export interface OutgoingMessage extends SendOptions {
  readonly message: MessageContent;
}

/** A text to send, of any length. */
export interface OutgoingText extends SendOptions, TextContent {}

/** What Graph calls the message that was sent. */
export interface SentMessage {
  /** The person; not known for some kinds of recipients. */
  readonly recipientId: string | undefined;
  /** The mid, which the message's echo, delivery and reactions name too. */
  readonly messageId: string;
}

/** What became of a text that may have been cut in parts. */
export interface SentText extends SentMessage {
  /** Mids of all parts in order; `messageId` is the last. */
  readonly messageIds: readonly string[];
}

/** What a person sees beside messages. */
export interface SenderAction {
  /** The person's page-scoped id (PSID). */
  readonly to: string;
  readonly action: 'typing_on' | 'typing_off' | 'mark_seen';
  readonly signal?: AbortSignal | undefined;
}

/** A reaction to a message of the person's. */
export interface OutgoingReaction {
  /** The person's page-scoped id (PSID). */
  readonly to: string;
  /** The mid of the message. */
  readonly messageId: string;
  /** An emoji, or Meta's name for one, such as `love`. */
  readonly reaction: string;
  readonly signal?: AbortSignal | undefined;
}

/** The Send API. @see https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export interface Messages {
  /**
   * Sends one message of any kind.
   *
   * @example
   * await graph.messages.send({
   *   to: psid,
   *   message: {
   *     text: 'Bạn muốn xem gì?',
   *     quickReplies: [{ title: 'Áo', payload: 'SHIRTS' }, { title: 'Quần', payload: 'TROUSERS' }],
   *   },
   * });
   *
   * @throws RequestError before anything is sent, when a field breaks its limit.
   * @throws GraphApiError when Graph refuses it.
   * @throws TransportError when no usable answer came; `outcome` says whether it may have arrived.
   * @throws ParkedError when the Page's calls are held back now.
   */
  send(message: OutgoingMessage): Promise<SentMessage>;
  /**
   * Sends a text. One of more than 2000 characters goes out in parts, one after the other, cut
   * between words; quick replies ride on the last part, `metadata` on each.
   *
   * @example
   * const { messageId } = await graph.messages.sendText({ to: psid, text: 'Xin chào!' });
   *
   * @throws PartlySentError when a part fails after others were sent. Else as {@link Messages.send}.
   */
  sendText(text: OutgoingText): Promise<SentText>;
  /** Shows that the Page is typing, or has read. Throws as {@link Messages.send}. */
  senderAction(action: SenderAction): Promise<void>;
  /** Reacts to a message of the person's. Throws as {@link Messages.send}. */
  react(reaction: OutgoingReaction): Promise<void>;
  /** Takes the reaction to a message back. Throws as {@link Messages.send}. */
  unreact(reaction: Omit<OutgoingReaction, 'reaction'>): Promise<void>;
}

const sentAnswer = z.object({
  // Absent when the recipient was named in another way than by id.
  recipient_id: maybe(answeredId),
  message_id: z.string().min(1),
});

const action = z.enum(['typing_on', 'typing_off', 'mark_seen']);
const mid = textOf(1000);
const reaction = textOf(64);
const anyText = textOf(Infinity);

export function createMessages(makeCall: MakeCall, pageId: string): Messages {
  const path = `${pageId}/messages`;

  const send = async ({ message, ...options }: OutgoingMessage): Promise<SentMessage> => {
    const content = toGraphMessage(message);
    checkSend(options, message);
    const { metadata, to, signal } = options;
    const body = {
      ...sendFields(options, message),
      message: metadata === undefined ? content : { ...content, metadata },
    };
    const rateClass = rateClassOf(options, message);
    // Tags and utility templates have permissions of their own.
    const type = messagingTypeOf(options.messagingType, message);
    const ownRight = type !== 'RESPONSE' && type !== 'UPDATE';
    const answer = await makeCall({ method: 'POST', path, body, rateClass, ownRight, signal });
    const sent = read(sentAnswer, answer, `POST ${path}`);
    return {
      recipientId: sent.recipient_id ?? (typeof to === 'string' ? to : undefined),
      messageId: sent.message_id,
    };
  };

  // Meta takes nothing beside these fields here.
  const act = async (
    { to, signal }: { readonly to: string; readonly signal?: AbortSignal | undefined },
    fields: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const body = { recipient: { id: check('action.to', id, to) }, ...fields };
    await makeCall({ method: 'POST', path, body, rateClass: 'send', signal });
  };

  return {
    send,

    sendText: async ({ text, quickReplies, ...options }) => {
      check('message.text', anyText, text);
      const parts = splitMessage({ text, quickReplies });
      if (parts.length > 1) {
        // The last is checked before the first is on its way.
        parts.forEach(toGraphMessage);
      }
      const messageIds: string[] = [];
      let recipientId: string | undefined;
      for (const message of parts) {
        try {
          const sent = await send({ ...options, message });
          messageIds.push(sent.messageId);
          recipientId = sent.recipientId;
        } catch (error) {
          if (messageIds.length === 0 || !(error instanceof GraphError)) {
            throw error;
          }
          throw new PartlySentError({ messageIds, parts: parts.length }, error);
        }
      }
      return { recipientId, messageId: messageIds.at(-1) ?? '', messageIds };
    },

    senderAction: async (what) =>
      act(what, { sender_action: check('action.action', action, what.action) }),

    react: async (what) => {
      const payload = {
        message_id: check('reaction.messageId', mid, what.messageId),
        reaction: check('reaction.reaction', reaction, what.reaction),
      };
      return act(what, { sender_action: 'react', payload });
    },

    unreact: async (what) => {
      const payload = { message_id: check('reaction.messageId', mid, what.messageId) };
      return act(what, { sender_action: 'unreact', payload });
    },
  };
}

/** Audio and video have a tighter limit, and so have answers to comments and posts. */
function rateClassOf({ to }: SendOptions, message: MessageContent): RateClass {
  const recipient = recipientOf(to);
  if ('comment_id' in recipient || 'post_id' in recipient) {
    return 'private-reply';
  }
  const type = message.attachment?.type;
  return type === 'audio' || type === 'video' ? 'send-media' : 'send';
}
