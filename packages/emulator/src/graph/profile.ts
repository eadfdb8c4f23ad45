import { z } from 'zod';
import type { Fields } from './bodies.ts';
import { type MenuItem, menuItems, tapPayload } from './buttons.ts';
import { badParameter } from './errors.ts';
import { formed, httpUrl, parseParameters, text } from './parameters.ts';

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

/** The three calls that there are; each answers what Graph answers. */
export interface ProfileCalls {
  readonly get: (parameters: Fields) => { readonly data: readonly MessengerProfile[] };
  readonly set: (parameters: Fields) => { readonly result: 'success' };
  readonly remove: (parameters: Fields) => { readonly result: 'success' };
}

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

/** The Page's profile, kept by `change`; without Meta's limit of 10 calls in 10 minutes. */
export function createProfileCalls(
  current: () => MessengerProfile,
  change: (profile: MessengerProfile) => void,
): ProfileCalls {
  function keep(profile: MessengerProfile): { readonly result: 'success' } {
    if (profile.persistent_menu !== undefined && profile.get_started === undefined) {
      const rule = 'You must set a Get Started button if you also wish to use persistent menu';
      throw badParameter(rule, 2018145);
    }
    change(profile);
    return { result: 'success' };
  }

  return {
    get(parameters) {
      const { fields } = parseParameters(asked, parameters);
      const found = pick(current(), (name) => fields.includes(name));
      return { data: Object.keys(found).length === 0 ? [] : [found] };
    },
    set: (parameters) => keep({ ...current(), ...parseParameters(settings, parameters) }),
    remove(parameters) {
      const { fields } = parseParameters(listed, parameters);
      return keep(pick(current(), (name) => !fields.includes(name)));
    },
  };
}

function pick(profile: MessengerProfile, takes: (name: ProfileField) => boolean): MessengerProfile {
  return Object.fromEntries(
    Object.entries(profile).filter(([name]) => takes(name as ProfileField)),
  );
}
