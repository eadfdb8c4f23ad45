import { z } from 'zod';

import { id } from '../limits.ts';
import { buttons } from './buttons.ts';
import type { Button } from './buttons.ts';

/** The picture or video: uploaded before, or the address of one on Facebook. */
export type MediaElement = {
  readonly mediaType: 'image' | 'video';
  /** At most 3. */
  readonly buttons?: readonly Button[] | undefined;
} & (
  | { readonly attachmentId: string }
  | {
      /** An address on facebook.com; other addresses are refused. */
      readonly url: string;
    }
);

/**
 * A picture or video with buttons.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/media
 */
export interface MediaTemplate {
  readonly type: 'media';
  /** Exactly one. */
  readonly elements: readonly [MediaElement];
  readonly sharable?: boolean | undefined;
}

const common = { mediaType: z.enum(['image', 'video']), buttons: buttons.optional() };
const FACEBOOK = /^https:\/\/(?:[\w-]+\.)*facebook\.com\/\S+$/;

export const mediaTemplate: z.ZodType<MediaTemplate> = z.strictObject({
  type: z.literal('media'),
  elements: z.tuple([
    z.union([
      z.strictObject({ ...common, attachmentId: id }),
      z.strictObject({
        ...common,
        url: z.string().regex(FACEBOOK, 'must be an address on facebook.com'),
      }),
    ]),
  ]),
  sharable: z.boolean().optional(),
});
