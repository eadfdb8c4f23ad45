import { z } from 'zod';
import { exactlyOne, httpUrl, id } from './parameters.ts';
import { template, type TemplatePayload } from './templates.ts';

/** What an attachment can be besides a template. */
export type MediaType = 'image' | 'audio' | 'video' | 'file';

/**
 * A picture, voice message, video or file, by its address or by the id of a saved one.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets
 */
export interface MediaAttachment {
  readonly type: MediaType;
  readonly payload: {
    readonly url?: string | undefined;
    readonly attachment_id?: string | undefined;
    readonly is_reusable?: boolean | undefined;
  };
}

/**
 * An attachment as it was sent, in Meta's JSON.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages
 */
export type OutgoingAttachment =
  | MediaAttachment
  | { readonly type: 'template'; readonly payload: TemplatePayload };

export const mediaType: z.ZodType<MediaType> = z.enum(['image', 'audio', 'video', 'file']);

const mediaPayload = exactlyOne(
  z.strictObject({
    url: httpUrl.optional(),
    attachment_id: id.optional(),
    is_reusable: z.boolean().optional(),
  }),
  ['url', 'attachment_id'],
);

/** `message.attachment`. */
export const attachment: z.ZodType<OutgoingAttachment> = z.discriminatedUnion('type', [
  z.strictObject({ type: mediaType, payload: mediaPayload }),
  z.strictObject({ type: z.literal('template'), payload: template }),
]);

/** `message.attachments`: the stack of images of 2025-03-19; Meta does not say how many at most. */
export const images: z.ZodType<readonly MediaAttachment[]> = z
  .array(z.strictObject({ type: z.literal('image'), payload: mediaPayload }))
  .min(1);
