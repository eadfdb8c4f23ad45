import { redisUrlRule, type ShardChange } from '@bot/queue';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { readSecretFiles } from './secret-files.ts';
import { wholeNumber } from './whole-number.ts';

/** Variables as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What every service needs to know. */
export interface Settings {
  readonly redisUrl: string;
  /** What the queue must be told alike in every process. */
  readonly queue: {
    /** How many, and while lanes move both numbers. */
    readonly shards: number | ShardChange;
    /** Replicas that must have an accepted event before it counts. */
    readonly replicas: number;
  };
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly tracing: TracingSettings;
}

/** Where traces go, and which share of them. */
export interface TracingSettings {
  readonly endpoint?: string | undefined;
  readonly share?: number | undefined;
}

/** What is different in each service. */
export interface SettingsOptions<Own extends z.ZodRawShape> {
  /** Where it listens unless `PORT` says otherwise. */
  readonly port: number;
  /** Its own variables: zod schemas whose messages go on after the variable's name. */
  readonly own: Own;
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const shared = {
  REDIS_URL: z
    .string()
    .refine((url) => !redisUrlRule(url), { error: ({ input }) => redisUrlRule(String(input)) })
    .default('redis://localhost:6379'),
  REDIS_REPLICAS: wholeNumber(0).default(0),
  QUEUE_SHARDS: wholeNumber(1).default(1),
  QUEUE_SHARDS_NEXT: wholeNumber(1).optional(),
  PORT: z.coerce
    .number('must be a port from 0 to 65535.')
    .int('must be a whole number.')
    .min(0, 'must be a port from 0 to 65535.')
    .max(65_535, 'must be a port from 0 to 65535.'),
  HOST: z.string().min(1, 'must be an address to listen on.').default('0.0.0.0'),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}.`).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://collector:4318.' })
    .optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('must be a share from 0 to 1.')
    .min(0, 'must be a share from 0 to 1.')
    .max(1, 'must be a share from 0 to 1.')
    .optional(),
};

/**
 * Reads the environment; an empty variable counts as absent, and each may come from the file that
 * its name with `_FILE` names.
 *
 * @throws {ConfigError} for the first variable that is missing or wrong; never with its value.
 *
 * @example
 * const { settings, own } = readSettings(process.env, {
 *   port: 3000,
 *   own: { VERIFY_TOKEN: z.string('is missing. It is a word you choose.') },
 * });
 */
export function readSettings<Own extends z.ZodRawShape>(
  environment: Environment,
  { port, own }: SettingsOptions<Own>,
): { readonly settings: Settings; readonly own: z.output<z.ZodObject<Own>> } {
  const variables = z.object({ ...shared, PORT: shared.PORT.default(port), ...own });
  const given = readSecretFiles(environment, Object.keys(variables.shape));
  const present = Object.entries(given).filter(([, value]) => value !== '');
  const read = variables.safeParse(Object.fromEntries(present));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message}`);
  }
  const data = read.data as z.output<z.ZodObject<typeof shared>> & z.output<z.ZodObject<Own>>;
  const { QUEUE_SHARDS: count, QUEUE_SHARDS_NEXT: next } = data;
  return {
    settings: {
      redisUrl: data.REDIS_URL,
      queue: {
        shards: next === undefined ? count : { count, next },
        replicas: data.REDIS_REPLICAS,
      },
      port: data.PORT,
      host: data.HOST,
      logLevel: data.LOG_LEVEL,
      tracing: { endpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT, share: data.OTEL_TRACES_SAMPLER_ARG },
    },
    own: data,
  };
}
