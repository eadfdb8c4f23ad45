import { z } from 'zod';

import { toGraphJson } from '../graph-json.ts';
import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { httpUrl, id, text } from '../limits.ts';
import { readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** An item of the menu. */
export type MenuItem =
  | {
      readonly type: 'postback';
      /** At most 30 characters. */
      readonly title: string;
      /** At most 1000 characters. */
      readonly payload: string;
    }
  | {
      readonly type: 'web_url';
      /** At most 30 characters. */
      readonly title: string;
      readonly url: string;
      readonly webviewHeightRatio?: 'compact' | 'tall' | 'full' | undefined;
    };

/** The menu beside the composer, for one locale. */
export interface PersistentMenu {
  /** Such as `vi_VN`; `default` for all others. */
  readonly locale: string;
  /** People can then only tap. Default false. */
  readonly composerInputDisabled?: boolean | undefined;
  /** At most 20. */
  readonly callToActions?: readonly MenuItem[] | undefined;
}

/** Questions offered to people who have not written yet, for one locale. */
export interface IceBreakers {
  /** Such as `vi_VN`; `default` for all others. */
  readonly locale: string;
  /** At most 4. */
  readonly callToActions: readonly { readonly question: string; readonly payload: string }[];
}

/** Commands that people can type, for one locale. They take the menu's place. */
export interface Commands {
  /** Such as `vi_VN`; `default` for all others. */
  readonly locale: string;
  /** 1 to 100. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
}

/** What the Page shows around its conversations. */
export interface ProfileSettings {
  /** The button that a person taps first; its postback has this payload. */
  readonly getStarted?: { readonly payload: string } | undefined;
  /** At most 160 characters for each locale. */
  readonly greeting?: readonly { readonly locale: string; readonly text: string }[] | undefined;
  readonly iceBreakers?: readonly IceBreakers[] | undefined;
  /** A change may take 24 hours to show. */
  readonly persistentMenu?: readonly PersistentMenu[] | undefined;
  readonly commands?: readonly Commands[] | undefined;
  /** Whose pages may open inside Messenger; at most 50. */
  readonly whitelistedDomains?: readonly string[] | undefined;
  readonly accountLinkingUrl?: string | undefined;
}

/** A setting's name. */
export type ProfileField = keyof ProfileSettings;

/**
 * The Messenger profile. Meta takes 10 of these calls in 10 minutes for a Page.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api
 */
export interface MessengerProfile {
  /** The settings that are set, of all or of some fields. */
  get(
    options?: CallOptions & { readonly fields?: readonly ProfileField[] | undefined },
  ): Promise<ProfileSettings>;
  /**
   * Sets these and leaves the others.
   *
   * @example
   * await graph.profile.set({
   *   getStarted: { payload: 'START' },
   *   greeting: [{ locale: 'default', text: 'Xin chào {{user_first_name}}!' }],
   * });
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  set(settings: ProfileSettings, options?: CallOptions): Promise<void>;
  /** Takes settings away. */
  delete(fields: readonly ProfileField[], options?: CallOptions): Promise<void>;
  /** The menu of one person, instead of the Page's. Meta takes 10 calls in 10 minutes a person. */
  setMenuOf(psid: string, menu: readonly PersistentMenu[], options?: CallOptions): Promise<void>;
  /** Gives the person the Page's menu again. */
  deleteMenuOf(psid: string, options?: CallOptions): Promise<void>;
}

const locale = z
  .string()
  .regex(/^(?:default|[a-z]{2,3}_[A-Z]{2})$/, 'must look like vi_VN or be default');
const title = text(30);

const menuItem: z.ZodType<MenuItem> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('postback'), title, payload: text(1000) }),
  z.strictObject({
    type: z.literal('web_url'),
    title,
    url: httpUrl,
    webviewHeightRatio: z.enum(['compact', 'tall', 'full']).optional(),
  }),
]);

const persistentMenu: z.ZodType<readonly PersistentMenu[]> = z
  .array(
    z.strictObject({
      locale,
      composerInputDisabled: z.boolean().optional(),
      callToActions: z.array(menuItem).min(1).max(20).optional(),
    }),
  )
  .min(1);

const fields = {
  getStarted: z.strictObject({ payload: text(1000) }),
  greeting: z.array(z.strictObject({ locale, text: text(160) })).min(1),
  iceBreakers: z
    .array(
      z.strictObject({
        locale,
        callToActions: z
          .array(z.strictObject({ question: text(80), payload: text(1000) }))
          .min(1)
          .max(4),
      }),
    )
    .min(1),
  persistentMenu,
  commands: z
    .array(
      z.strictObject({
        locale,
        commands: z
          .array(z.strictObject({ name: text(32), description: text(64) }))
          .min(1)
          .max(100),
      }),
    )
    .min(1),
  whitelistedDomains: z.array(httpUrl).min(1).max(50),
  accountLinkingUrl: httpUrl,
};

const settings: z.ZodType<ProfileSettings> = z
  .strictObject(fields)
  .partial()
  .refine((given) => Object.keys(given).length > 0, { message: 'must set at least one field' });

// Passed on as Graph has it: its rules may be other ones when it was set.
const found = z.object({ data: z.array(z.looseObject({})) });

const names: readonly ProfileField[] = Object.keys(fields) as ProfileField[];
const nameList = z.array(z.enum(names)).min(1);

/** `persistentMenu` as `persistent_menu`. */
function toGraphNames(given: readonly ProfileField[]): string[] {
  const named = toGraphJson(Object.fromEntries(given.map((name) => [name, true])));
  return Object.keys(named as object);
}

export function createMessengerProfile(makeCall: MakeCall, pageId: string): MessengerProfile {
  const path = `${pageId}/messenger_profile`;
  const userPath = `${pageId}/custom_user_settings`;
  const rateClass = 'profile';
  return {
    get: async ({ fields: asked = names, signal } = {}) => {
      const query = { fields: toGraphNames(check('profile.fields', nameList, asked)).join(',') };
      const answer = await makeCall({ method: 'GET', path, query, rateClass, signal });
      // One object with all of it, or one for each field.
      const { data } = readRenamed(found, answer, `GET ${path}`);
      return Object.assign({}, ...data) as ProfileSettings;
    },
    set: async (given, { signal } = {}) => {
      const body = toGraphJson(check('profile', settings, given)) as Record<string, unknown>;
      await makeCall({ method: 'POST', path, body, rateClass, signal });
    },
    delete: async (asked, { signal } = {}) => {
      const body = { fields: toGraphNames(check('profile.fields', nameList, asked)) };
      await makeCall({ method: 'DELETE', path, body, rateClass, signal });
    },
    setMenuOf: async (psid, menu, { signal } = {}) => {
      const checked = check('profile.persistentMenu', persistentMenu, menu);
      const body = {
        psid: check('profile.psid', id, psid),
        persistent_menu: toGraphJson(checked),
      };
      await makeCall({ method: 'POST', path: userPath, body, signal });
    },
    deleteMenuOf: async (psid, { signal } = {}) => {
      const query = { psid: check('profile.psid', id, psid), params: '["persistent_menu"]' };
      await makeCall({ method: 'DELETE', path: userPath, query, signal });
    },
  };
}
