import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';

/**
 * An answer that the person can tap; it goes away with the next message.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies
 */
export type QuickReply =
  | {
      /** Default. */
      readonly type?: 'text' | undefined;
      /** At most 20 characters. */
      readonly title: string;
      /** At most 1000 characters, which come back with the tap. */
      readonly payload: string;
      /** At least 24×24 pixels. */
      readonly imageUrl?: string | undefined;
    }
  | {
      /** Offers the phone number or the e-mail address of the person's profile. */
      readonly type: 'user_phone_number' | 'user_email';
      readonly payload?: string | undefined;
      readonly imageUrl?: string | undefined;
    };

const quickReply: z.ZodType<QuickReply> = z.union([
  z.strictObject({
    type: z.literal('text').optional(),
    title: text(20),
    payload: text(1000),
    imageUrl: httpUrl.optional(),
  }),
  z.strictObject({
    type: z.enum(['user_phone_number', 'user_email']),
    payload: text(1000).optional(),
    imageUrl: httpUrl.optional(),
  }),
]);

/** At most 13. */
export const quickReplies: z.ZodType<readonly QuickReply[]> = z.array(quickReply).min(1).max(13);

/** As Graph names it. */
export function toGraphQuickReply({ type = 'text', ...rest }: QuickReply): object {
  return { contentType: type, ...rest };
}
