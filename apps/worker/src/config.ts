import { databaseUrlRule, type OpenHistoryOptions } from '@bot/history';
import { pagesSourceRule, type PagesSource } from '@bot/pages';
import {
  ConfigError,
  readSettings,
  wholeNumber,
  type Environment,
  type Settings,
} from '@bot/service';
import { z } from 'zod';

/** What the worker needs to know; `main` hands it on in pieces. */
export interface Config extends Settings {
  /** One Page's token, or the file of several. */
  readonly pages: PagesSource;
  readonly appSecret: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly concurrency: number;
  /** Opens `/board`, and `/insights` where what is said is kept; absent, there is neither. */
  readonly boardPassword?: string | undefined;
  /** Where and for how long what is said is kept. */
  readonly history: Pick<OpenHistoryOptions, 'url' | 'keepMonths'>;
}

const variables = {
  PAGE_ACCESS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be the token of a Page, without spaces.')
    .optional(),
  PAGES_FILE: z.string().optional(),
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
  WORKER_CONCURRENCY: wholeNumber(1).default(800),
  DATABASE_URL: z
    .string()
    .refine((url) => !databaseUrlRule(url), databaseUrlRule(''))
    .optional(),
  HISTORY_KEEP_MONTHS: wholeNumber(1).default(12),
  BOARD_PASSWORD: z.string().min(12, 'must have at least 12 characters.').optional(),
};

/** @throws {ConfigError} for the first variable that is missing or wrong; never with its value. */
export function readConfig(environment: Environment): Config {
  const { settings, own } = readSettings(environment, { port: 3001, own: variables });
  const { PAGE_ACCESS_TOKEN: accessToken = '', PAGES_FILE: file } = own;
  const trouble = pagesSourceRule({ accessToken, file });
  if (trouble !== undefined) throw new ConfigError(trouble);
  return {
    ...settings,
    pages: file === undefined ? { accessToken } : { file },
    appSecret: own.APP_SECRET,
    graphUrl: own.GRAPH_API_URL,
    graphVersion: own.GRAPH_API_VERSION,
    concurrency: own.WORKER_CONCURRENCY,
    boardPassword: own.BOARD_PASSWORD,
    history: { url: own.DATABASE_URL, keepMonths: own.HISTORY_KEEP_MONTHS },
  };
}
