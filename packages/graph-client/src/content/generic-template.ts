import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';
import { buttons, defaultAction } from './buttons.ts';
import type { Button, DefaultAction } from './buttons.ts';

/** A card: its title and at least one thing more. */
export interface GenericElement {
  /** At most 80 characters. */
  readonly title: string;
  /** At most 80 characters. */
  readonly subtitle?: string | undefined;
  /** Shown 1.91 times as wide as high. */
  readonly imageUrl?: string | undefined;
  readonly defaultAction?: DefaultAction | undefined;
  /** At most 3. */
  readonly buttons?: readonly Button[] | undefined;
}

/**
 * Up to ten cards side by side.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/generic
 */
export interface GenericTemplate {
  readonly type: 'generic';
  readonly elements: readonly GenericElement[];
  readonly sharable?: boolean | undefined;
}

const element: z.ZodType<GenericElement> = z
  .strictObject({
    title: text(80),
    subtitle: text(80).optional(),
    imageUrl: httpUrl.optional(),
    defaultAction: defaultAction.optional(),
    buttons: buttons.optional(),
  })
  .refine((card) => Object.values(card).filter((value) => value !== undefined).length > 1, {
    message: 'must have something beside its title',
  });

export const genericTemplate: z.ZodType<GenericTemplate> = z.strictObject({
  type: z.literal('generic'),
  elements: z.array(element).min(1).max(10),
  sharable: z.boolean().optional(),
});
