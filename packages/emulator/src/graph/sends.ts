import type { MediaType } from './attachments.ts';
import type { Fields } from './bodies.ts';
import { badParameter, GraphRefusal } from './errors.ts';
import type { OutgoingMessage } from './message.ts';
import type { Rates } from './rates.ts';
import { unknownPerson } from './resource.ts';
import { type ActionBody, type MessageBody, parseBody, type SendParameters } from './send-body.ts';

/** What a body of `POST /<page>/messages` asks for. */
export type Send =
  | {
      readonly kind: 'message';
      /** Undefined for a recipient who is no person here. */
      readonly psid: string | undefined;
      readonly message: OutgoingMessage;
      readonly parameters: SendParameters;
      /** The name that it is said under. */
      readonly persona: string | undefined;
    }
  | { readonly kind: 'typing'; readonly psid: string; readonly typing: boolean }
  | { readonly kind: 'seen'; readonly psid: string }
  | {
      readonly kind: 'reaction';
      readonly psid: string;
      readonly mid: string;
      /** Undefined takes it back. */
      readonly reaction: string | undefined;
    };

/** What Meta looks up before it takes a send. */
export interface Knowledge {
  /** Why the Page may not send to the person now, in the order in which it matters. */
  readonly obstacle: (
    psid: string,
    pageId: string,
  ) => { readonly lastInboundAt: number; readonly because?: Obstacle } | undefined;
  readonly knowsMessage: (psid: string, mid: string) => boolean;
  readonly attachmentType: (pageId: string, id: string) => MediaType | 'expired' | undefined;
  readonly personaName: (pageId: string, id: string) => string | undefined;
  readonly hasTemplate: (pageId: string, name: string, language: string) => boolean;
  readonly now: () => number;
  /** Undefined when rates are not enforced. */
  readonly rates: Rates | undefined;
}

/** The person has blocked the Page, or another app has the conversation. */
export type Obstacle = 'blocked' | 'owned';

const HOUR_MS = 60 * 60_000;
/** The standard window, and that of the tags (Messenger Platform policy, 2026-09-11). */
const WINDOW_MS = 24 * HOUR_MS;
const TAGGED_WINDOW_MS = 7 * 24 * HOUR_MS;

/** Reads bodies as Meta would, and throws the refusals that Meta would answer. */
export function createSends(knowledge: Knowledge): (body: Fields, pageId: string) => Send {
  const orders = new Set<string>();

  function requireReachable(psid: string, pageId: string, windowMs: number): void {
    const found = knowledge.obstacle(psid, pageId);
    if (found === undefined) throw unknownPerson();
    if (found.because === 'blocked') {
      const message = "(#551) This person isn't available right now.";
      throw new GraphRefusal('OAuthException', 551, message, 1545041);
    }
    if (found.because === 'owned') {
      const message =
        '(#10) Message failed to send because another app is controlling this thread now.';
      throw new GraphRefusal('OAuthException', 10, message, 2018300);
    }
    if (knowledge.now() - found.lastInboundAt <= windowMs) return;
    const message = '(#10) This message is sent outside of allowed window.';
    throw new GraphRefusal('OAuthException', 10, message, 2018278);
  }

  function requireAsset(pageId: string, id: string | undefined, type: MediaType): void {
    if (id === undefined) return;
    const saved = knowledge.attachmentType(pageId, id);
    if (saved === undefined || saved === 'expired') {
      const what = saved === undefined ? `No attachment ${id} of this Page` : `${id} has expired`;
      throw badParameter(what, 2018074);
    }
    if (saved === type) return;
    throw badParameter(`Attachment ${id} is of the type ${saved}, not ${type}`, 2018047);
  }

  function requireAssets(pageId: string, message: OutgoingMessage): void {
    const { attachment, attachments = [], template } = message;
    for (const { type, payload } of attachments) requireAsset(pageId, payload.attachment_id, type);
    if (
      template !== undefined &&
      !knowledge.hasTemplate(pageId, template.name, template.language.code)
    ) {
      throw badParameter(`No approved template ${template.name} in ${template.language.code}`);
    }
    if (attachment === undefined) return;
    if (attachment.type !== 'template') {
      requireAsset(pageId, attachment.payload.attachment_id, attachment.type);
    } else if (attachment.payload.template_type === 'media') {
      for (const each of attachment.payload.elements) {
        requireAsset(pageId, each.attachment_id, each.media_type);
      }
    }
  }

  function noteOrder(pageId: string, { attachment }: OutgoingMessage): void {
    if (attachment?.type !== 'template' || attachment.payload.template_type !== 'receipt') return;
    const order = `${pageId}:${attachment.payload.order_number}`;
    if (orders.has(order)) {
      throw badParameter('Param message[attachment][payload][order_number] must be unique');
    }
    orders.add(order);
  }

  function countSend(pageId: string, { recipient, message }: MessageBody): void {
    const type = message.attachment?.type;
    const name = type === 'audio' || type === 'video' ? 'media' : 'texts';
    const isPrivateReply = (recipient.comment_id ?? recipient.post_id) !== undefined;
    knowledge.rates?.count(isPrivateReply ? 'privateReplies' : name, pageId, knowledge.now());
  }

  function actionOf(body: ActionBody): Send {
    const { id: psid } = body.recipient;
    if ('payload' in body) {
      const { message_id: mid, reaction } = body.payload;
      if (!knowledge.knowsMessage(psid, mid)) {
        throw badParameter('Param payload[message_id] must be a message of this conversation');
      }
      const kept = body.sender_action === 'react' ? reaction : undefined;
      return { kind: 'reaction', psid, mid, reaction: kept };
    }
    if (body.sender_action === 'mark_seen') return { kind: 'seen', psid };
    return { kind: 'typing', psid, typing: body.sender_action === 'typing_on' };
  }

  function messageOf(body: MessageBody, pageId: string): Send {
    const { recipient, message, ...parameters } = body;
    const { id: psid } = recipient;
    const { persona_id: personaId, reply_to: replied } = parameters;
    const persona = personaId === undefined ? undefined : knowledge.personaName(pageId, personaId);
    if (personaId !== undefined && persona === undefined) {
      throw badParameter(`No persona ${personaId} of this Page`, 33);
    }
    if (replied !== undefined && psid !== undefined && !knowledge.knowsMessage(psid, replied.mid)) {
      throw badParameter('Param reply_to[mid] must be a message of this conversation');
    }
    requireAssets(pageId, message);
    noteOrder(pageId, message);
    return { kind: 'message', psid, message, parameters, persona };
  }

  return (given, pageId) => {
    const body = parseBody(given);
    const { id: psid } = body.recipient;
    if (psid !== undefined) requireReachable(psid, pageId, windowOf(body));
    if (!('message' in body)) return actionOf(body);
    countSend(pageId, body);
    return messageOf(body, pageId);
  };
}

/** Utility messages are what may be sent at any time. */
function windowOf(body: MessageBody | ActionBody): number {
  if (!('message' in body)) return WINDOW_MS;
  if (body.messaging_type === 'UTILITY') return Infinity;
  return body.tag === undefined ? WINDOW_MS : TAGGED_WINDOW_MS;
}
