import { z } from 'zod';
import {
  attachment,
  images,
  type MediaAttachment,
  type OutgoingAttachment,
} from './attachments.ts';
import { tapPayload } from './buttons.ts';
import { atMost, exactlyOne, httpUrl, id, text } from './parameters.ts';

/** A quick reply, in Meta's JSON. */
export type QuickReply =
  | { readonly content_type: 'text'; readonly title: string; readonly payload: string }
  | { readonly content_type: 'user_phone_number' | 'user_email' };

/**
 * A message as the Page sent it, in Meta's JSON.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages
 */
export interface OutgoingMessage {
  readonly text?: string | undefined;
  readonly attachment?: OutgoingAttachment | undefined;
  readonly attachments?: readonly MediaAttachment[] | undefined;
  readonly sticker_id?: string | number | undefined;
  /** A utility message: an approved template of the Page. */
  readonly template?:
    | { readonly name: string; readonly language: { readonly code: string } }
    | undefined;
  readonly quick_replies?: readonly QuickReply[] | undefined;
  /** Comes back in the echo. */
  readonly metadata?: string | undefined;
}

const quickReplyTitle = atMost(20);

const quickReply = z.discriminatedUnion('content_type', [
  z
    .strictObject({
      content_type: z.literal('text'),
      title: quickReplyTitle,
      payload: tapPayload,
      image_url: httpUrl.optional(),
    })
    .refine(({ title, image_url }) => title.trim() !== '' || image_url !== undefined, {
      path: ['title'],
      error: 'must be non-empty when there is no image_url',
    }),
  // Messenger fills these in itself: title and payload say nothing, and are no mistake.
  z.strictObject({
    content_type: z.enum(['user_phone_number', 'user_email']),
    title: quickReplyTitle.optional(),
    payload: tapPayload.optional(),
    image_url: httpUrl.optional(),
  }),
]);

const place = z.strictObject({
  type: z.literal('text'),
  text: text(),
  parameter_name: text().optional(),
});

const tap = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('POSTBACK'), payload: tapPayload }),
  z.strictObject({ type: z.literal('URL'), url: text() }),
]);

/** What fills the places of an approved template (Meta's page on utility messages, 2026-03-13). */
const utility = z.strictObject({
  name: text(),
  language: z.strictObject({ code: text() }),
  components: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.enum(['header', 'body']), parameters: z.array(place) }),
        z.strictObject({ type: z.literal('buttons'), parameters: z.array(tap).max(3) }),
      ]),
    )
    .optional(),
});

/** `message`. */
export const message: z.ZodType<OutgoingMessage> = exactlyOne(
  z.strictObject({
    text: text(2000).optional(),
    attachment: attachment.optional(),
    attachments: images.optional(),
    // Which of the two Meta wants is not written down.
    sticker_id: z.union([id, z.int()], 'must be an id of digits').optional(),
    template: utility.optional(),
    quick_replies: z.array(quickReply).min(1).max(13).optional(),
    metadata: atMost(1000).optional(),
  }),
  ['text', 'attachment', 'attachments', 'sticker_id', 'template'],
).refine(
  ({ quick_replies, sticker_id, template }) =>
    quick_replies === undefined || (sticker_id ?? template) === undefined,
  { path: ['quick_replies'], error: 'must ride on a text or an attachment' },
);
