import { readSettings, type Environment, type Settings } from '@bot/service';
import { z } from 'zod';

/** What the webhook needs to know; `main` hands it on in pieces. */
export interface Config extends Settings {
  readonly verifyToken: string;
  /** The first is the current one; the others are accepted while rotating. */
  readonly appSecrets: readonly string[];
  /** From where on the queue takes no events. */
  readonly refuse: { readonly events: number; readonly ageMs: number };
  /** How the world reaches the webhook, without a slash at the end. */
  readonly publicUrl: string | undefined;
}

const variables = {
  VERIFY_TOKEN: z
    .string('is missing. It is a word you choose; type the same into Webhooks > Verify token.')
    .min(1, 'is empty. It is a word you choose; type the same into Webhooks > Verify token.'),
  APP_SECRET: z
    .string('is missing. It is the app secret, 32 hex digits: App settings > Basic > App secret.')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[\x21-\x7e]{8,}$/, 'must be the app secret, or several separated by commas.'),
      ),
    ),
  REFUSE_EVENTS: z.coerce
    .number('must be how many events may wait.')
    .min(1, 'must be how many events may wait, at least 1.')
    .default(1_000_000),
  // By then Messenger's window closes behind what waits.
  REFUSE_AGE_SECONDS: z.coerce
    .number('must be how many seconds the oldest event may wait.')
    .min(1, 'must be how many seconds the oldest event may wait, at least 1.')
    .default(12 * 60 * 60),
  PUBLIC_URL: z
    .string()
    .regex(
      /^https?:\/\/[^\s?#]+$/,
      'must be how the world reaches it, such as https://bot.example.',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
};

/** @throws {ConfigError} for the first variable that is missing or wrong; never with its value. */
export function readConfig(environment: Environment): Config {
  const { settings, own } = readSettings(environment, { port: 3000, own: variables });
  return {
    ...settings,
    verifyToken: own.VERIFY_TOKEN,
    appSecrets: own.APP_SECRET,
    publicUrl: own.PUBLIC_URL,
    refuse: { events: own.REFUSE_EVENTS, ageMs: own.REFUSE_AGE_SECONDS * 1_000 },
  };
}
