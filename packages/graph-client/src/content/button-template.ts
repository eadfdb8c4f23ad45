import { z } from 'zod';

import { text } from '../limits.ts';
import { buttons } from './buttons.ts';
import type { Button } from './buttons.ts';

/**
 * A text with buttons under it.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/button
 */
export interface ButtonTemplate {
  readonly type: 'button';
  /** At most 640 characters. */
  readonly text: string;
  /** One to three. */
  readonly buttons: readonly Button[];
}

export const buttonTemplate: z.ZodType<ButtonTemplate> = z.strictObject({
  type: z.literal('button'),
  text: text(640),
  buttons,
});
