import { redisUrlRule } from '@bot/queue';
import { z } from 'zod';

/** What the worker needs to know; `main` hands it on in pieces. */
export interface Config {
  readonly redisUrl: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly pageAccessToken: string;
  readonly appSecret: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly concurrency: number;
}

/** A variable that is missing or wrong; the message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
    .default(3001),
  HOST: z.string().min(1, 'must be an address to listen on.').default('0.0.0.0'),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}.`).default('info'),
  PAGE_ACCESS_TOKEN: z
    .string(
      'is missing. It is the token of your Page: Messenger > API setup > Generate access tokens.',
    )
    .regex(/^[\x21-\x7e]+$/, 'must be the token of a Page, without spaces.'),
  APP_SECRET: z
    .string('is missing. It is the app secret, 32 hex digits: App settings > Basic > App secret.')
    .transform((text) => text.split(',')[0]?.trim() ?? '')
    .pipe(z.string().regex(/^[\x21-\x7e]{8,}$/, 'must be the app secret, without spaces.')),
  GRAPH_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://graph.facebook.com.' })
    .default('https://graph.facebook.com'),
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must be a version such as v26.0.')
    .default('v26.0'),
  WORKER_CONCURRENCY: z.coerce
    .number('must be a whole number of at least 1.')
    .int('must be a whole number of at least 1.')
    .min(1, 'must be a whole number of at least 1.')
    .default(400),
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
    pageAccessToken: read.data.PAGE_ACCESS_TOKEN,
    appSecret: read.data.APP_SECRET,
    graphUrl: read.data.GRAPH_API_URL,
    graphVersion: read.data.GRAPH_API_VERSION,
    concurrency: read.data.WORKER_CONCURRENCY,
  };
}
