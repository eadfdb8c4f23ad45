/**
 * How much of its allowance was used, as the answer's headers say.
 *
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export interface Usage {
  /** The fullest of the allowances, in percent. At 100 Graph refuses calls. */
  readonly percent: number;
  /** After how long calls succeed again, in milliseconds; 0 when they do now. */
  readonly regainAccessMs: number;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads `X-Business-Use-Case-Usage`, `X-App-Usage` and the older `X-Page-Usage`. The first holds
 * a list for each business object; those of other Pages do not count when `pageId` is listed.
 * `undefined` when there is no such header, or none that can be read.
 */
export function readUsage(headers: Headers, pageId: string): Usage | undefined {
  const business = headers['x-business-use-case-usage'];
  const app = headers['x-app-usage'];
  const page = headers['x-page-usage'];
  if (business === undefined && app === undefined && page === undefined) {
    return undefined;
  }
  const found = [...businessUses(parse(business), pageId), parse(app), parse(page)].filter(
    isObject,
  );
  if (found.length === 0) {
    return undefined;
  }
  return {
    percent: Math.max(...found.flatMap((use) => PERCENTAGES.map((name) => numberIn(use, name)))),
    regainAccessMs: Math.max(...found.map((use) => numberIn(use, REGAIN_MINUTES))) * 60_000,
  };
}

const PERCENTAGES = ['call_count', 'total_cputime', 'total_time'] as const;
const REGAIN_MINUTES = 'estimated_time_to_regain_access';

type JsonObject = Readonly<Record<string, unknown>>;

function businessUses(header: unknown, pageId: string): unknown[] {
  if (!isObject(header)) {
    return [];
  }
  const own = Object.hasOwn(header, pageId) ? [header[pageId]] : Object.values(header);
  return own.flat();
}

function parse(header: Headers[string]): unknown {
  if (typeof header !== 'string') {
    return undefined;
  }
  try {
    return JSON.parse(header);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberIn(use: JsonObject, name: string): number {
  const value = use[name];
  return typeof value === 'number' && value > 0 ? value : 0;
}
