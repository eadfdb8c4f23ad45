import { isPsid } from '../people.ts';
import { badParameter } from './errors.ts';

/** What a body of `POST /<page>/messages` asks for. */
export type Send =
  | {
      readonly kind: 'text';
      readonly psid: string;
      readonly text: string;
      readonly metadata: string | undefined;
    }
  | { readonly kind: 'action'; readonly psid: string; readonly action: SenderAction };

export type SenderAction = (typeof senderActions)[number];

const senderActions = ['typing_on', 'typing_off', 'mark_seen'] as const;
const messagingTypes = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];

/** Old Send API reference; the unit is not said, so the stricter reading, UTF-16 units, holds. */
const TEXT_LIMIT = 2000;
const METADATA_LIMIT = 1000;

/** What the emulator takes inside `message`; the rest is refused rather than silently dropped. */
const messageKeys = new Set(['text', 'metadata']);

type Fields = Readonly<Record<string, unknown>>;

/** Reads a body as Meta would; throws the refusal that Meta would answer. */
export function parseSend(body: Fields, knows: (psid: string) => boolean): Send {
  const psid = recipientOf(body, knows);
  const action = body['sender_action'];
  if (action !== undefined) {
    if (body['message'] !== undefined) {
      throw badParameter('Cannot send message and sender_action in the same request');
    }
    const known = senderActions.find((name) => name === action);
    if (known === undefined) {
      throw badParameter(`Param sender_action must be one of {${senderActions.join(', ')}}`);
    }
    return { kind: 'action', psid, action: known };
  }
  const type = body['messaging_type'];
  if (type !== undefined && !messagingTypes.some((name) => name === type)) {
    throw badParameter(`Param messaging_type must be one of {${messagingTypes.join(', ')}}`);
  }
  return { kind: 'text', psid, ...messageOf(body['message']) };
}

function recipientOf(body: Fields, knows: (psid: string) => boolean): string {
  const recipient = body['recipient'];
  if (recipient === undefined) throw badParameter('The parameter recipient is required');
  const id = isFields(recipient) ? recipient['id'] : undefined;
  if (typeof id !== 'string' || id === '') {
    throw badParameter('Param recipient[id] must be a non-empty string');
  }
  if (!isPsid(id) || !knows(id)) throw badParameter('No matching user found', 2018001);
  return id;
}

function messageOf(message: unknown): { text: string; metadata: string | undefined } {
  if (message === undefined) throw badParameter('Param message must be non-empty');
  if (!isFields(message)) throw badParameter('Param message must be an object');
  const strange = Object.keys(message).find((key) => !messageKeys.has(key));
  if (strange !== undefined) {
    throw badParameter(`The emulator does not take message[${strange}] yet, only text`);
  }
  const { text, metadata } = message;
  if (typeof text !== 'string' || text.trim() === '') {
    throw badParameter('Param message[text] must be a non-empty UTF-8 encoded string');
  }
  requireLength('text', text, TEXT_LIMIT);
  if (metadata === undefined) return { text, metadata };
  if (typeof metadata !== 'string') throw badParameter('Param message[metadata] must be a string');
  requireLength('metadata', metadata, METADATA_LIMIT);
  return { text, metadata };
}

function requireLength(name: string, value: string, limit: number): void {
  if (value.length > limit) {
    throw badParameter(`Length of param message[${name}] must be less than or equal to ${limit}`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
