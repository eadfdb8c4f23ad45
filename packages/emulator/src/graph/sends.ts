import { isPsid } from '../people.ts';
import type { MediaType } from './attachments.ts';
import type { Fields } from './bodies.ts';
import { badParameter } from './errors.ts';
import type { OutgoingMessage } from './message.ts';
import { type ActionBody, parseBody, type SendParameters } from './send-body.ts';

/** What a body of `POST /<page>/messages` asks for. */
export type Send =
  | {
      readonly kind: 'message';
      /** Undefined for a recipient who is no person here. */
      readonly psid: string | undefined;
      readonly message: OutgoingMessage;
      readonly parameters: SendParameters;
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
  readonly knows: (psid: string) => boolean;
  readonly knowsMessage: (psid: string, mid: string) => boolean;
  readonly attachmentType: (id: string) => MediaType | undefined;
}

/** Reads bodies as Meta would, and throws the refusals that Meta would answer. */
export function createSends(knowledge: Knowledge): (body: Fields) => Send {
  const orders = new Set<string>();

  function requirePerson(psid: string): void {
    if (isPsid(psid) && knowledge.knows(psid)) return;
    throw badParameter('No matching user found', 2018001);
  }

  function requireAsset(id: string | undefined, type: MediaType): void {
    if (id === undefined) return;
    const saved = knowledge.attachmentType(id);
    if (saved === undefined) throw badParameter(`No attachment ${id} of this Page`, 2018074);
    if (saved === type) return;
    throw badParameter(`Attachment ${id} is of the type ${saved}, not ${type}`, 2018047);
  }

  function requireAssets({ attachment, attachments = [] }: OutgoingMessage): void {
    for (const { type, payload } of attachments) requireAsset(payload.attachment_id, type);
    if (attachment === undefined) return;
    if (attachment.type !== 'template') {
      requireAsset(attachment.payload.attachment_id, attachment.type);
    } else if (attachment.payload.template_type === 'media') {
      for (const each of attachment.payload.elements) {
        requireAsset(each.attachment_id, each.media_type);
      }
    }
  }

  function noteOrder({ attachment }: OutgoingMessage): void {
    if (attachment?.type !== 'template' || attachment.payload.template_type !== 'receipt') return;
    const { order_number: order } = attachment.payload;
    if (orders.has(order)) {
      throw badParameter('Param message[attachment][payload][order_number] must be unique');
    }
    orders.add(order);
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

  return (body) => {
    const parsed = parseBody(body);
    const { id: psid } = parsed.recipient;
    if (psid !== undefined) requirePerson(psid);
    if ('message' in parsed) {
      const { recipient: _, message, ...parameters } = parsed;
      requireAssets(message);
      noteOrder(message);
      return { kind: 'message', psid, message, parameters };
    }
    return actionOf(parsed);
  };
}
