import { z } from 'zod';

import { text } from '../limits.ts';

/** A text for one place of the template. */
export interface UtilityText {
  readonly type: 'text';
  readonly text: string;
  /** The place's name, for a template whose places are `NAMED`. */
  readonly parameterName?: string | undefined;
}

/** What a button of the template does: the payload of its postback, or the end of its address. */
export type UtilityButton =
  | { readonly type: 'POSTBACK'; readonly payload: string }
  | { readonly type: 'URL'; readonly url: string };

/** What stands in the places of one part of the template, in their order. */
export type UtilityComponent =
  | { readonly type: 'header' | 'body'; readonly parameters: readonly UtilityText[] }
  | { readonly type: 'buttons'; readonly parameters: readonly UtilityButton[] };

/**
 * A message made of one of the Page's approved templates, which may be sent outside of the
 * 24 hours; see `utilityTemplates`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
 */
export interface UtilityMessage {
  readonly name: string;
  /** Such as `vi` or `en_US`. */
  readonly language: string;
  readonly components?: readonly UtilityComponent[] | undefined;
}

const place: z.ZodType<UtilityText> = z.strictObject({
  type: z.literal('text'),
  text: text(2000),
  parameterName: text(100).optional(),
});

const button: z.ZodType<UtilityButton> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('POSTBACK'), payload: text(1000) }),
  z.strictObject({ type: z.literal('URL'), url: text(2000) }),
]);

const component: z.ZodType<UtilityComponent> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['header', 'body']), parameters: z.array(place) }),
  z.strictObject({ type: z.literal('buttons'), parameters: z.array(button) }),
]);

/** A template's name. */
export const templateName: z.ZodString = z
  .string()
  .regex(/^[a-z0-9_]{1,512}$/, 'must be small letters, digits and _');

/** A template's language. */
export const templateLanguage: z.ZodString = z
  .string()
  .regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, 'must look like vi or en_US');

export const utilityMessage: z.ZodType<UtilityMessage> = z.strictObject({
  name: templateName,
  language: templateLanguage,
  components: z.array(component).optional(),
});

/** As Graph nests it. */
export function toGraphUtility({ name, language, components }: UtilityMessage): object {
  return { name, language: { code: language }, components };
}
