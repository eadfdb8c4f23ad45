import { z } from 'zod';

import type { MessageContent } from '../content/message.ts';
import { RequestError } from '../errors.ts';
import { toGraphJson } from '../graph-json.ts';
import { check } from '../check.ts';
import { MAX_METADATA_LENGTH, id, text } from '../limits.ts';

/**
 * A person who has no PSID yet. `commentId` and `postId` answer a comment or a post privately:
 * once, within 7 days, and the messaging window opens only when the person answers.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/discovery/private-replies
 */
export type Recipient =
  | { readonly commentId: string }
  | { readonly postId: string }
  | { readonly userRef: string };

/**
 * Why a message is sent.
 *
 * - `RESPONSE`: answers something the person did, within 24 hours after it.
 * - `UPDATE`: speaks up by itself, within the same 24 hours.
 * - `UTILITY`: an approved template, at any time; only with `utility`.
 * - `HUMAN_AGENT`: a human answers, within 7 days. Needs Meta's review; never for a bot.
 * - `CUSTOMER_FEEDBACK`: within 7 days; only with a `customer_feedback` template.
 *
 * Meta has retired all other tags.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
 */
export type MessagingType = 'RESPONSE' | 'UPDATE' | 'UTILITY' | 'HUMAN_AGENT' | 'CUSTOMER_FEEDBACK';

/** To whom and how a message goes. */
export interface SendOptions {
  /** The person's page-scoped id (PSID), or how else Meta may find them. */
  readonly to: string | Recipient;
  /** Default `RESPONSE`; `UTILITY` for a message with `utility`. */
  readonly messagingType?: MessagingType | undefined;
  /** Up to 1000 characters of your own, which come back in the message's echo. */
  readonly metadata?: string | undefined;
  /** The mid of the message that this one answers. */
  readonly replyTo?: string | undefined;
  /** Shows another name and picture; see `personas`. */
  readonly personaId?: string | undefined;
  /** How the person's phone tells of it. Default `REGULAR`. */
  readonly notificationType?: 'REGULAR' | 'SILENT_PUSH' | 'NO_PUSH' | undefined;
  /** Hands the conversation on with the message; see `threads`. */
  readonly threadControl?:
    | { readonly controlType: 'pass'; readonly appId: string }
    | { readonly controlType: 'release' }
    | undefined;
  /** Gives the call up. */
  readonly signal?: AbortSignal | undefined;
}

const objectId = z.string().regex(/^\d{1,32}(?:_\d{1,32})?$/, 'must be an id such as 12_34');

const recipient: z.ZodType<Recipient> = z.union([
  z.strictObject({ commentId: objectId }),
  z.strictObject({ postId: objectId }),
  z.strictObject({ userRef: text(500) }),
]);

const TAGS = ['HUMAN_AGENT', 'CUSTOMER_FEEDBACK'] as const;
const messagingType = z.enum(['RESPONSE', 'UPDATE', 'UTILITY', ...TAGS]);
const RETIRED: ReadonlySet<unknown> = new Set([
  'CONFIRMED_EVENT_UPDATE',
  'ACCOUNT_UPDATE',
  'POST_PURCHASE_UPDATE',
]);

const rest = z.strictObject({
  signal: z.instanceof(AbortSignal).optional(),
  metadata: text(MAX_METADATA_LENGTH, 0).optional(),
  replyTo: text(1000).optional(),
  personaId: id.optional(),
  notificationType: z.enum(['REGULAR', 'SILENT_PUSH', 'NO_PUSH']).optional(),
  threadControl: z
    .discriminatedUnion('controlType', [
      z.strictObject({ controlType: z.literal('pass'), appId: id }),
      z.strictObject({ controlType: z.literal('release') }),
    ])
    .optional(),
});

/** @throws RequestError that names the first option that breaks a rule, or does not fit. */
export function checkSend(options: SendOptions, message: MessageContent): void {
  const { to, messagingType: type, ...others } = options;
  if (typeof to === 'object') {
    check('message.to', recipient, to);
  } else {
    check('message.to', id, to);
  }
  const tag: unknown = Reflect.get(others, 'tag') ?? type;
  if (RETIRED.has(tag)) {
    throw new RequestError(
      'message.messagingType',
      'is a tag that Meta retired on 2026-04-27: send a utility template instead.',
    );
  }
  if (type !== undefined) {
    check('message.messagingType', messagingType, type);
  }
  check('message', rest, others);
  if ((message.utility !== undefined) !== (messagingTypeOf(type, message) === 'UTILITY')) {
    throw new RequestError('message.messagingType', 'must be UTILITY with utility, and only then.');
  }
  if (type === 'CUSTOMER_FEEDBACK' && message.template?.type !== 'customer_feedback') {
    throw new RequestError(
      'message.messagingType',
      'may be CUSTOMER_FEEDBACK only with a customer_feedback template.',
    );
  }
}

export function messagingTypeOf(
  type: MessagingType | undefined,
  { utility }: MessageContent,
): MessagingType {
  return type ?? (utility === undefined ? 'RESPONSE' : 'UTILITY');
}

/** Everything in a send beside its message, as Graph names it. */
export function sendFields(
  { to, messagingType: type, replyTo, personaId, notificationType, threadControl }: SendOptions,
  message: MessageContent,
): Readonly<Record<string, unknown>> {
  const isTag = TAGS.some((name) => name === type);
  return {
    recipient: recipientOf(to),
    messaging_type: isTag ? 'MESSAGE_TAG' : messagingTypeOf(type, message),
    ...(isTag && { tag: type }),
    ...(replyTo !== undefined && { reply_to: { mid: replyTo } }),
    ...(personaId !== undefined && { persona_id: personaId }),
    ...(notificationType !== undefined && { notification_type: notificationType }),
    ...(threadControl !== undefined && { thread_control: toGraphJson(threadControl) }),
  };
}

/** As Graph names it. */
export function recipientOf(to: string | Recipient): Readonly<Record<string, string>> {
  if (typeof to === 'string') {
    return { id: to };
  }
  return toGraphJson(to) as Readonly<Record<string, string>>;
}
