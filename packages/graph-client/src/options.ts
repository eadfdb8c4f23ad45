import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { RequestError } from './errors.ts';
import { isId } from './limits.ts';
import type { Middleware } from './pipeline/middleware.ts';
import { defaultPipeline } from './pipeline/pipeline.ts';
import type { PipelineOptions } from './pipeline/pipeline.ts';
import type { Transport } from './transport.ts';
import { GRAPH_API_VERSION } from './versions.ts';
import type { VersionWarning } from './versions.ts';

/** How a client of one Page is made. */
export interface GraphClientOptions {
  /** The Page's access token. Goes into the `Authorization` header and nowhere else. */
  accessToken: string;
  /**
   * The app's secret. With it each call carries an `appsecret_proof`, which apps with "Require
   * App Secret" need. Without it none does.
   */
  appSecret?: string | undefined;
  /**
   * The Page that sends, as digits. Default `me`: the Page that the token belongs to.
   */
  pageId?: string | undefined;
  /** Address of Graph. Default `https://graph.facebook.com`. */
  baseUrl?: string | undefined;
  /** Graph API version. Default `v26.0`. */
  version?: string | undefined;
  /**
   * The connections to send over. Hand one transport to the clients of many Pages and they share
   * them; the client does not close what it was handed. Default: its own `createTransport()`.
   */
  transport?: Transport | undefined;
  /**
   * Longest time for a whole call, waiting for a free connection included, in milliseconds.
   * Default 10,000.
   */
  timeoutMs?: number | undefined;
  /**
   * What stands between a call and the network: settings for the parts of
   * {@link defaultPipeline}, or a list of middlewares to use instead of it. A list holds the state
   * of one Page, so do not hand the same one to the clients of two.
   */
  pipeline?: PipelineOptions | readonly Middleware[] | undefined;
  /**
   * Told when the pinned API version has 90 days left, 30 days, and none. Default: a warning of
   * the process, code `GRAPH_API_VERSION`.
   */
  onWarning?: ((warning: VersionWarning) => void) | undefined;
  /** Where time comes from; for tests. Default: the process's clock. */
  clock?: Clock | undefined;
  /** From 0 to below 1, for back-offs; for tests. Default: `Math.random`. */
  random?: (() => number) | undefined;
}

/** The options with every default filled in and every rule checked. */
export interface ResolvedOptions {
  accessToken: string;
  appSecret: string | undefined;
  pageId: string;
  /** Scheme, host and port. */
  origin: string;
  /** Path before every call: `/v26.0`. */
  root: string;
  timeoutMs: number;
  pipeline: readonly Middleware[];
  version: string;
  onWarning: (warning: VersionWarning) => void;
  clock: Clock;
}

const defaults = {
  pageId: 'me',
  baseUrl: 'https://graph.facebook.com',
  version: GRAPH_API_VERSION,
  timeoutMs: 10_000,
  clock: systemClock,
  onWarning: ({ message }) => process.emitWarning(message, { code: 'GRAPH_API_VERSION' }),
} as const satisfies Partial<GraphClientOptions>;

/** @throws RequestError that names the option and its rule. */
export function resolveOptions(options: GraphClientOptions): ResolvedOptions {
  const { accessToken, appSecret } = options;
  const pageId = options.pageId ?? defaults.pageId;
  const version = options.version ?? defaults.version;
  const timeoutMs = options.timeoutMs ?? defaults.timeoutMs;

  // The values of the first two stay out of the message: they are secrets.
  check('accessToken', isSecret(accessToken), 'must be a Page access token, without spaces');
  check('appSecret', appSecret === undefined || isSecret(appSecret), "must be the app's secret");
  check('pageId', pageId === 'me' || isId(pageId), `must be "me" or digits, and is "${pageId}"`);
  check('version', /^v\d{1,3}\.\d$/.test(version), `must look like v26.0, and is "${version}"`);
  check(
    'timeoutMs',
    Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= 600_000,
    `must be a whole number of milliseconds from 1 to 600000, and is ${timeoutMs}`,
  );
  const { origin, path } = splitBaseUrl(options.baseUrl ?? defaults.baseUrl);
  const { clock = defaults.clock, random, pipeline = {} } = options;
  return {
    accessToken,
    appSecret,
    pageId,
    origin,
    root: `${path}/${version}`,
    timeoutMs,
    pipeline: isList(pipeline) ? pipeline : defaultPipeline({ ...pipeline, clock, random }),
    version,
    onWarning: options.onWarning ?? defaults.onWarning,
    clock,
  };
}

function check(option: string, holds: boolean, rule: string): void {
  if (!holds) {
    throw new RequestError(`options.${option}`, `${rule}.`);
  }
}

function isList(pipeline: object): pipeline is readonly Middleware[] {
  return Array.isArray(pipeline);
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function splitBaseUrl(baseUrl: string): { origin: string; path: string } {
  const url = URL.parse(baseUrl);
  const plain =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    `${url.username}${url.password}${url.search}${url.hash}` === '';
  check('baseUrl', plain, 'must be an http or https address without user, query or fragment');
  return { origin: url?.origin ?? '', path: (url?.pathname ?? '').replace(/\/+$/, '') };
}
