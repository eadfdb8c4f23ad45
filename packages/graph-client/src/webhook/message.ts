import { readAttachments } from './attachment.ts';
import type { Attachment } from './attachment.ts';
import { readDeletion } from './deletion.ts';
import type { DeletionEvent } from './deletion.ts';
import { readEcho } from './echo.ts';
import type { EchoEvent } from './echo.ts';
import type { PersonEvent } from './event-base.ts';
import {
  isObject,
  present,
  readField,
  readId,
  readObjects,
  readString,
  readText,
} from './fields.ts';
import type { JsonObject } from './fields.ts';
import type { Reader } from './item.ts';
import { toNlp } from './nlp.ts';
import type { Nlp } from './nlp.ts';
import { toReferral } from './referral.ts';
import type { Referral } from './referral.ts';

/** What a message answers. */
export interface ReplyTo {
  /** The message, unless it is a story. */
  readonly mid?: string;
  /** Whether the person answers a message of their own. */
  readonly isSelfReply?: boolean;
  /** A story of the Instagram account; its address expires. */
  readonly story?: { readonly id?: string; readonly url?: string };
}

/** What a flow that another app ran, such as a lead ad's, leaves with the message that ends it. */
export interface HopContext {
  readonly appId?: string;
  /** Such as `messenger_lead_gen_complete`. */
  readonly metadata?: string;
}

/** What a message has, whether text or not. */
interface MessageEvent extends PersonEvent {
  readonly mid: string;
  readonly replyTo?: ReplyTo;
  /** The names of the commands that the person chose. */
  readonly commands?: readonly string[];
  /** The ad or link over which the person came. */
  readonly referral?: Referral;
  readonly hopContext?: HopContext;
}

/**
 * A person wrote something. A link comes with its preview in `attachments`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
 */
export interface TextEvent extends MessageEvent {
  readonly type: 'text';
  readonly text: string;
  /** Set when the text is a tapped quick reply. */
  readonly quickReplyPayload?: string;
  readonly nlp?: Nlp;
  readonly attachments?: readonly Attachment[];
}

/**
 * A person sent something other than text, perhaps with a text.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
 */
export interface AttachmentsEvent extends MessageEvent {
  readonly type: 'attachments';
  /** At least one. */
  readonly attachments: readonly Attachment[];
  readonly text?: string;
}

export const readMessage: Reader<TextEvent | AttachmentsEvent | EchoEvent | DeletionEvent> = (
  message,
  item,
) => {
  const mid = readString(message, 'mid');
  if (!mid) {
    return undefined;
  }
  if (readField(message, 'is_deleted') === true) {
    return readDeletion(mid, item);
  }
  if (readField(message, 'is_echo') === true) {
    return readEcho(message, mid, item);
  }
  // Instagram: a kind that its API does not show.
  if (readField(message, 'is_unsupported') === true) {
    return undefined;
  }
  const text = readString(message, 'text') || undefined;
  const attachments = readAttachments(message);
  const base = {
    ...item.origin,
    // One name for both types: the same mid is the same message.
    id: item.naming.byName('message', mid),
    mid,
    ...present({
      replyTo: toReplyTo(readField(message, 'reply_to')),
      commands: readCommands(message),
      referral: toReferral(readField(message, 'referral')),
      hopContext: toHopContext(readField(item.json, 'hop_context')),
    }),
  };
  // A link's preview is a `fallback` beside the text; what the person wrote is the text.
  if (text !== undefined && !attachments?.some(({ type }) => type !== 'fallback')) {
    const quickReplyPayload = readString(readField(message, 'quick_reply'), 'payload');
    const nlp = toNlp(readField(message, 'nlp'));
    return { ...base, type: 'text', text, ...present({ quickReplyPayload, nlp, attachments }) };
  }
  return attachments && { ...base, type: 'attachments', attachments, ...present({ text }) };
};

function toReplyTo(reply: unknown): ReplyTo | undefined {
  if (!isObject(reply)) {
    return undefined;
  }
  const isSelfReply = readField(reply, 'is_self_reply');
  const story = readField(reply, 'story');
  return present({
    mid: readString(reply, 'mid'),
    isSelfReply: typeof isSelfReply === 'boolean' ? isSelfReply : undefined,
    story: isObject(story)
      ? present({ id: readText(story, 'id'), url: readString(story, 'url') })
      : undefined,
  });
}

function readCommands(message: JsonObject): string[] | undefined {
  const names = readObjects(message, 'commands').map((command) => readString(command, 'name'));
  const commands = names.filter((name) => name !== undefined);
  return commands.length === 0 ? undefined : commands;
}

function toHopContext(context: unknown): HopContext | undefined {
  return isObject(context)
    ? present({ appId: readId(context, 'app_id'), metadata: readString(context, 'metadata') })
    : undefined;
}
