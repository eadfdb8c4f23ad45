import { redisUrlRule } from '@bot/queue';
import { z } from 'zod';

/** What the webhook needs to know; `main` hands it on in pieces. */
export interface Config {
  readonly redisUrl: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly verifyToken: string;
  /** The first is the current one; the others are accepted while rotating. */
  readonly appSecrets: readonly string[];
}

/** A variable that is missing or wrong; the message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const secret = z
  .string('is missing. It is the app secret, 32 hex digits: App settings > Basic > App secret.')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(/^[\x21-\x7e]{8,}$/, 'must be the app secret, or several separated by commas.'),
    ),
  );

const variables = z.object({
  REDIS_URL: z
    .string()
    .refine((url) => !redisUrlRule(url), { error: ({ input }) => redisUrlRule(String(input)) })
    .default('redis://localhost:6379'),
  PORT: z.coerce
    .number('must be a port from 0 to 65535.')
    .int('must be a whole number.')
    .min(0, 'must be a port from 0 to 65535.')
    .max(65_535, 'must be a port from 0 to 65535.')
    .default(3000),
  HOST: z.string().min(1, 'must be an address to listen on.').default('0.0.0.0'),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}.`).default('info'),
  VERIFY_TOKEN: z
    .string('is missing. It is a word you choose; type the same into Webhooks > Verify token.')
    .min(1, 'is empty. It is a word you choose; type the same into Webhooks > Verify token.'),
  APP_SECRET: secret,
});

/**
 * Reads the environment; an empty variable counts as absent.
 *
 * @throws {ConfigError} for the first variable that is missing or wrong; never with its value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const read = variables.safeParse(Object.fromEntries(present));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message}`);
  }
  return {
    redisUrl: read.data.REDIS_URL,
    port: read.data.PORT,
    host: read.data.HOST,
    logLevel: read.data.LOG_LEVEL,
    verifyToken: read.data.VERIFY_TOKEN,
    appSecrets: read.data.APP_SECRET,
  };
}
