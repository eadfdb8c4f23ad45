import { z } from 'zod';
import type { Store } from '../state/store.ts';
import { valueOf } from './bodies.ts';
import { type MenuItem, menuItems, tapPayload } from './buttons.ts';
import { badParameter } from './errors.ts';
import { formed, httpUrl, parseParameters, text } from './parameters.ts';
import type { Rates } from './rates.ts';
import { type Resource, unknownPerson, type Work } from './resource.ts';

/**
 * What the Page set around its conversations, in Meta's JSON.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api
 */
export interface MessengerProfile {
  readonly get_started?: { readonly payload: string } | undefined;
  readonly greeting?: readonly { readonly locale: string; readonly text: string }[] | undefined;
  readonly ice_breakers?:
    | readonly {
        readonly locale: string;
        readonly call_to_actions: readonly {
          readonly question: string;
          readonly payload: string;
        }[];
      }[]
    | undefined;
  readonly persistent_menu?:
    | readonly {
        readonly locale: string;
        readonly composer_input_disabled?: boolean | undefined;
        readonly call_to_actions?: readonly MenuItem[] | undefined;
      }[]
    | undefined;
  readonly commands?:
    | readonly {
        readonly locale: string;
        readonly commands: readonly { readonly name: string; readonly description: string }[];
      }[]
    | undefined;
  readonly whitelisted_domains?: readonly string[] | undefined;
  readonly account_linking_url?: string | undefined;
}

type ProfileField = keyof MessengerProfile;

const locale = formed(/^(?:default|[a-z]{2,3}_[A-Z]{2})$/, 'default or look like vi_VN');

const questions = z.array(z.strictObject({ question: text(80), payload: tapPayload }));
const commands = z.array(z.strictObject({ name: text(32), description: text(64) }));

const shape = {
  get_started: z.strictObject({ payload: tapPayload }),
  greeting: z.array(z.strictObject({ locale, text: text(160) })).min(1),
  ice_breakers: z
    .array(z.strictObject({ locale, call_to_actions: questions.min(1).max(4) }))
    .min(1),
  persistent_menu: z
    .array(
      z.strictObject({
        locale,
        composer_input_disabled: z.boolean().optional(),
        call_to_actions: menuItems.optional(),
      }),
    )
    .min(1),
  commands: z.array(z.strictObject({ locale, commands: commands.min(1).max(100) })).min(1),
  whitelisted_domains: z.array(httpUrl).min(1).max(50),
  account_linking_url: httpUrl,
};

const settings: z.ZodType<MessengerProfile> = z
  .strictObject(shape)
  .partial()
  .refine((given) => Object.keys(given).length > 0, 'must set at least one field');

const fieldNames = z.array(z.enum(Object.keys(shape) as ProfileField[])).min(1);
const listed = z.strictObject({ fields: fieldNames });
const asked = z.strictObject({
  fields: z
    .string()
    .transform((names) => names.split(','))
    .pipe(fieldNames),
});

const menuOfPerson = z.strictObject({
  psid: text(),
  persistent_menu: shape.persistent_menu,
});
const personParameters = z.strictObject({
  psid: text(),
  params: z.preprocess(
    (value) => (typeof value === 'string' ? valueOf(value) : value),
    z.array(z.literal('persistent_menu')).min(1),
  ),
});
const personAlone = z.strictObject({ psid: text() });

interface ProfileCallOptions {
  readonly store: Store;
  /** Undefined when rates are not enforced. */
  readonly rates: Rates | undefined;
  readonly now: () => number;
}

/** The Messenger Profile API, and the menus of single people. */
export function createProfileCalls({ store, rates, now }: ProfileCallOptions): Resource {
  const current = (pageId: string): MessengerProfile => store.page(pageId)?.profile ?? {};

  function keep(pageId: string, profile: MessengerProfile): { readonly result: 'success' } {
    if (profile.persistent_menu !== undefined && profile.get_started === undefined) {
      const rule = 'You must set a Get Started button if you also wish to use persistent menu';
      throw badParameter(rule, 2018145);
    }
    store.setProfile(pageId, profile);
    return { result: 'success' };
  }

  function ofPage(work: Work): Work {
    return (call) => {
      rates?.count('profile', call.pageId, now());
      return work(call);
    };
  }

  function requirePerson(psid: string, pageId: string): void {
    if (store.person(psid)?.pageId !== pageId) throw unknownPerson();
    rates?.count('menuOfPerson', psid, now());
  }

  return {
    calls: {
      'GET page/messenger_profile': ofPage(({ pageId, parameters }) => {
        const { fields } = parseParameters(asked, parameters);
        const found = pick(current(pageId), (name) => fields.includes(name));
        return { data: Object.keys(found).length === 0 ? [] : [found] };
      }),
      'POST page/messenger_profile': ofPage(({ pageId, parameters }) =>
        keep(pageId, { ...current(pageId), ...parseParameters(settings, parameters) }),
      ),
      'DELETE page/messenger_profile': ofPage(({ pageId, parameters }) => {
        const { fields } = parseParameters(listed, parameters);
        return keep(
          pageId,
          pick(current(pageId), (name) => !fields.includes(name)),
        );
      }),
      'POST page/custom_user_settings': ({ pageId, parameters }) => {
        const { psid, persistent_menu: menu } = parseParameters(menuOfPerson, parameters);
        requirePerson(psid, pageId);
        store.setMenu(psid, menu);
        return { result: 'success' };
      },
      'GET page/custom_user_settings': ({ pageId, parameters }) => {
        const { psid } = parseParameters(personAlone, parameters);
        requirePerson(psid, pageId);
        const menu = store.conversation(psid)?.menu;
        return { data: menu === undefined ? [] : [{ user_level_persistent_menu: menu }] };
      },
      'DELETE page/custom_user_settings': ({ pageId, parameters }) => {
        const { psid } = parseParameters(personParameters, parameters);
        requirePerson(psid, pageId);
        store.setMenu(psid, undefined);
        return { result: 'success' };
      },
    },
  };
}

function pick(profile: MessengerProfile, takes: (name: ProfileField) => boolean): MessengerProfile {
  return Object.fromEntries(
    Object.entries(profile).filter(([name]) => takes(name as ProfileField)),
  );
}
