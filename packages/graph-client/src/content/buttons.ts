import { z } from 'zod';

import { httpUrl, text } from '../limits.ts';

/** Opens a page. */
export interface WebUrlButton {
  readonly type: 'web_url';
  /** At most 20 characters. */
  readonly title: string;
  readonly url: string;
  readonly webviewHeightRatio?: 'compact' | 'tall' | 'full' | undefined;
  /** Gives the page Messenger's own JavaScript functions; its domain must be on the list. */
  readonly messengerExtensions?: boolean | undefined;
  readonly fallbackUrl?: string | undefined;
  readonly webviewShareButton?: 'hide' | undefined;
}

/** Sends a postback event with this payload. */
export interface PostbackButton {
  readonly type: 'postback';
  /** At most 20 characters. */
  readonly title: string;
  /** At most 1000 characters, which come back when the button is tapped. */
  readonly payload: string;
}

/** Dials a number. */
export interface PhoneNumberButton {
  readonly type: 'phone_number';
  /** At most 20 characters. */
  readonly title: string;
  /** With `+` and the country's code: `+84901234567`. */
  readonly payload: string;
}

/** Starts to link the person's account with the business'. */
export interface AccountLinkButton {
  readonly type: 'account_link';
  /** The login page, over https. */
  readonly url: string;
}

/** Unlinks the account. */
export interface AccountUnlinkButton {
  readonly type: 'account_unlink';
}

/** Opens a game. */
export interface GamePlayButton {
  readonly type: 'game_play';
  /** At most 20 characters. */
  readonly title: string;
  /** At most 1000 characters. */
  readonly payload?: string | undefined;
}

/**
 * A button of a template.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/buttons
 */
export type Button =
  | WebUrlButton
  | PostbackButton
  | PhoneNumberButton
  | AccountLinkButton
  | AccountUnlinkButton
  | GamePlayButton;

const title = text(20);
const payload = text(1000);

const webUrl = {
  type: z.literal('web_url'),
  url: httpUrl,
  webviewHeightRatio: z.enum(['compact', 'tall', 'full']).optional(),
  messengerExtensions: z.boolean().optional(),
  fallbackUrl: httpUrl.optional(),
  webviewShareButton: z.literal('hide').optional(),
};

/** What a tap on an element does: a web address button without its title. */
export type DefaultAction = Omit<WebUrlButton, 'title'>;

export const defaultAction: z.ZodType<DefaultAction> = z.strictObject(webUrl);

export const webUrlButton: z.ZodType<WebUrlButton> = z.strictObject({ ...webUrl, title });

export const postbackButton: z.ZodType<PostbackButton> = z.strictObject({
  type: z.literal('postback'),
  title,
  payload,
});

const button: z.ZodType<Button> = z.discriminatedUnion('type', [
  z.strictObject({ ...webUrl, title }),
  z.strictObject({ type: z.literal('postback'), title, payload }),
  z.strictObject({
    type: z.literal('phone_number'),
    title,
    payload: z.string().regex(/^\+\d{5,20}$/, 'must be a number such as +84901234567'),
  }),
  z.strictObject({ type: z.literal('account_link'), url: httpUrl }),
  z.strictObject({ type: z.literal('account_unlink') }),
  z.strictObject({ type: z.literal('game_play'), title, payload: payload.optional() }),
]);

/** One to three buttons. */
export const buttons: z.ZodType<readonly Button[]> = z.array(button).min(1).max(3);
