import { z } from 'zod';
import { httpUrl, formed, text } from './parameters.ts';

const title = text(20);
/** What comes back in the postback or in the tapped quick reply. */
export const tapPayload: z.ZodString = text(1000);

const link = {
  type: z.literal('web_url'),
  url: httpUrl,
  webview_height_ratio: z.enum(['compact', 'tall', 'full']).optional(),
  messenger_extensions: z.boolean().optional(),
  fallback_url: httpUrl.optional(),
  webview_share_button: z.literal('hide').optional(),
};
const webUrl = z.strictObject({ ...link, title });
const postback = z.strictObject({ type: z.literal('postback'), title, payload: tapPayload });

// Meta announced `audio_call` (2026-02-11) but has it nowhere on its Buttons page: not taken.
const button = z.discriminatedUnion('type', [
  webUrl,
  postback,
  z.strictObject({
    type: z.literal('phone_number'),
    title,
    payload: formed(/^\+\d+$/, 'a phone number of + and digits'),
  }),
  z.strictObject({ type: z.literal('account_link'), url: httpUrl }),
  z.strictObject({ type: z.literal('account_unlink') }),
  z.strictObject({
    type: z.literal('game_play'),
    title,
    payload: tapPayload.optional(),
    game_metadata: z
      .strictObject({ player_id: text().optional(), context_id: text().optional() })
      .optional(),
  }),
]);

/** An item of the persistent menu, in Meta's JSON. */
export type MenuItem =
  | { readonly type: 'postback'; readonly title: string; readonly payload: string }
  | { readonly type: 'web_url'; readonly title: string; readonly url: string };

const menuTitle = text(30);

/** The persistent menu for one locale. */
export const menuItems: z.ZodType<readonly MenuItem[]> = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ ...link, title: menuTitle }),
      z.strictObject({ type: z.literal('postback'), title: menuTitle, payload: tapPayload }),
    ]),
  )
  .min(1)
  .max(20);

/** Where a tap on a generic template's element leads: a web_url button without a title. */
export const defaultAction: z.ZodType<object> = z.strictObject(link);

/** The buttons of a template. */
export const buttons: z.ZodType<readonly object[]> = z.array(button).min(1).max(3);

/** The buttons of an image grid. */
export const gridButtons: z.ZodType<readonly object[]> = z
  .array(z.discriminatedUnion('type', [webUrl, postback]))
  .min(1)
  .max(3);

/** What a tap on one image of a grid does. */
export const gridAction: z.ZodType<object> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('web_url'), url: httpUrl }),
  z.strictObject({ type: z.literal('postback'), payload: tapPayload, text: text().optional() }),
]);
