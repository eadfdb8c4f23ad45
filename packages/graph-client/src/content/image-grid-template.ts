import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';
import { postbackButton, webUrlButton } from './buttons.ts';
import type { PostbackButton, WebUrlButton } from './buttons.ts';

/** What a tap on a picture does. */
export type GridAction =
  | { readonly type: 'web_url'; readonly url: string }
  | {
      readonly type: 'postback';
      /** At most 1000 characters. */
      readonly payload: string;
      /** Shown as the person's message. */
      readonly text?: string | undefined;
    };

/** One picture. */
export interface GridImage {
  readonly url: string;
  /** The large one; at most one picture is. */
  readonly isHeroImage?: boolean | undefined;
  readonly action?: GridAction | undefined;
}

/** The grid. */
export interface ImageGridElement {
  /** Two to six. */
  readonly images: readonly GridImage[];
  /** At most 45 characters. */
  readonly title?: string | undefined;
  /** At most 80 characters. */
  readonly subtitle?: string | undefined;
  /** At most 3. */
  readonly buttons?: readonly (WebUrlButton | PostbackButton)[] | undefined;
}

/**
 * Pictures as a grid.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/templates/image-grid-template
 */
export interface ImageGridTemplate {
  readonly type: 'image_grid';
  /** Exactly one. */
  readonly elements: readonly [ImageGridElement];
}

const action: z.ZodType<GridAction> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('web_url'), url: httpUrl }),
  z.strictObject({
    type: z.literal('postback'),
    payload: text(1000),
    text: text(2000).optional(),
  }),
]);

const image: z.ZodType<GridImage> = z.strictObject({
  url: httpUrl,
  isHeroImage: z.boolean().optional(),
  action: action.optional(),
});

const element: z.ZodType<ImageGridElement> = z.strictObject({
  images: z
    .array(image)
    .min(2)
    .max(6)
    .refine((images) => images.filter(({ isHeroImage }) => isHeroImage === true).length <= 1, {
      message: 'must have at most one with isHeroImage',
    }),
  title: text(45).optional(),
  subtitle: text(80).optional(),
  buttons: z
    .array(z.union([webUrlButton, postbackButton]))
    .min(1)
    .max(3)
    .optional(),
});

export const imageGridTemplate: z.ZodType<ImageGridTemplate> = z.strictObject({
  type: z.literal('image_grid'),
  elements: z.tuple([element]),
});
