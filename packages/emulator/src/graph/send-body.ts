import { z } from 'zod';
import type { Fields } from './bodies.ts';
import { message, type OutgoingMessage } from './message.ts';
import { exactlyOne, formed, id, parseParameters, text } from './parameters.ts';

/** Who gets it: a person, or whoever stands behind a plugin, a comment or a post. */
export interface Recipient {
  readonly id?: string | undefined;
  readonly user_ref?: string | undefined;
  readonly comment_id?: string | undefined;
  readonly post_id?: string | undefined;
}

/**
 * What a call said beside its recipient and message, in Meta's JSON.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export interface SendParameters {
  readonly messaging_type?: string | undefined;
  readonly tag?: string | undefined;
  readonly notification_type?: string | undefined;
  readonly persona_id?: string | undefined;
  readonly reply_to?: { readonly mid: string } | undefined;
  readonly thread_control?:
    | { readonly control_type: 'pass' | 'release'; readonly app_id?: string | number | undefined }
    | undefined;
}

/** A body of `POST /<page>/messages` that sends a message. */
export interface MessageBody extends SendParameters {
  readonly recipient: Recipient;
  readonly message: OutgoingMessage;
}

/** A body that shows a sender action. */
export type ActionBody = { readonly recipient: { readonly id: string } } & (
  | { readonly sender_action: 'typing_on' | 'typing_off' | 'mark_seen' }
  | {
      readonly sender_action: 'react' | 'unreact';
      readonly payload: { readonly message_id: string; readonly reaction?: string | undefined };
    }
);

/** Since 2026-04-27 every request with one of them fails (Meta's changelog, 2026-03-27). */
const retiredTags = new Set(['CONFIRMED_EVENT_UPDATE', 'ACCOUNT_UPDATE', 'POST_PURCHASE_UPDATE']);

const tag = z
  .string()
  .refine((name) => !retiredTags.has(name), {
    error: 'must not be a retired tag',
    params: { subcode: 1893061 },
    abort: true,
  })
  .pipe(z.enum(['HUMAN_AGENT', 'CUSTOMER_FEEDBACK']));

const commentOrPost = formed(/^\d+(_\d+)?$/, 'digits or digits_digits').optional();

const recipient = exactlyOne(
  z.strictObject({
    id: text().optional(),
    user_ref: text().optional(),
    comment_id: commentOrPost,
    post_id: commentOrPost,
  }),
  ['id', 'user_ref', 'comment_id', 'post_id'],
);

const threadControl = z
  .strictObject({
    control_type: z.enum(['pass', 'release']),
    app_id: z.union([id, z.int()], 'must be an id of digits').optional(),
  })
  .refine(({ control_type, app_id }) => control_type === 'release' || app_id !== undefined, {
    path: ['app_id'],
    error: 'must be given to pass a conversation',
  });

const messageBody: z.ZodType<MessageBody> = z
  .strictObject({
    recipient,
    message,
    messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY']).optional(),
    tag: tag.optional(),
    notification_type: z.enum(['REGULAR', 'SILENT_PUSH', 'NO_PUSH']).optional(),
    persona_id: id.optional(),
    reply_to: z.strictObject({ mid: text() }).optional(),
    thread_control: threadControl.optional(),
  })
  .refine((body) => (body.tag !== undefined) === (body.messaging_type === 'MESSAGE_TAG'), {
    path: ['tag'],
    error: 'must come with messaging_type MESSAGE_TAG, and only with it',
  })
  .refine(
    ({ tag: name, message: { attachment } }) => {
      if (name !== 'CUSTOMER_FEEDBACK') return true;
      return (
        attachment?.type === 'template' && attachment.payload.template_type === 'customer_feedback'
      );
    },
    { path: ['tag'], error: 'must not be CUSTOMER_FEEDBACK without that template' },
  )
  .refine((body) => (body.message.template !== undefined) === (body.messaging_type === 'UTILITY'), {
    path: ['message', 'template'],
    error: 'must come with messaging_type UTILITY, and only with it',
  });

const person = z.strictObject({ id: text() });

/** "Only recipient and sender_action" (Sender Actions page), and the payload of a reaction. */
const actionBody: z.ZodType<ActionBody> = z.discriminatedUnion('sender_action', [
  z.strictObject({
    recipient: person,
    sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']),
  }),
  z.strictObject({
    recipient: person,
    sender_action: z.literal('react'),
    payload: z.strictObject({ message_id: text(), reaction: text() }),
  }),
  z.strictObject({
    recipient: person,
    sender_action: z.literal('unreact'),
    payload: z.strictObject({ message_id: text(), reaction: text().optional() }),
  }),
]);

/** Reads a body by Meta's rules; throws the refusal that names the parameter. */
export function parseBody(body: Fields): MessageBody | ActionBody {
  return 'sender_action' in body
    ? parseParameters(actionBody, body)
    : parseParameters(messageBody, body);
}
