import { type Fields } from './bodies.ts';
import { GraphRefusal } from './errors.ts';

type Method = 'GET' | 'POST' | 'DELETE';

/** A Graph API request, however it came: by itself or in a batch. */
export interface GraphRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly query: Fields;
  readonly body: Fields;
  /** The header. */
  readonly authorization: string | undefined;
}

/** A path without its version: `me/messages` is the edge `messages` of the object `me`. */
export interface GraphPath {
  readonly object: string;
  readonly edge: string;
}

export const NEWEST_VERSION = 'v26.0';

/** When each version dies (Meta's versions page, 2026-11); the newest has no day yet. */
const expiries: Readonly<Record<string, number>> = {
  'v20.0': Date.UTC(2026, 8, 24),
  'v21.0': Date.UTC(2027, 0, 21),
  'v22.0': Date.UTC(2027, 4, 20),
  'v23.0': Date.UTC(2027, 9, 8),
  'v24.0': Date.UTC(2028, 1, 18),
  'v25.0': Date.UTC(2028, 6, 29),
  [NEWEST_VERSION]: Infinity,
};

/**
 * Without a version Graph takes the oldest that is alive: so does this.
 *
 * @throws GraphRefusal 2635 for a version that is not alive, 2500 for a path without an end.
 */
export function pathOf(path: string, now: number): GraphPath {
  const [, version, rest = ''] = /^\/?(?:(v\d+\.\d+)(?:\/|$))?(.*?)\/?$/.exec(path) ?? [];
  if (version !== undefined && !((expiries[version] ?? 0) > now)) {
    const message = `(#2635) You are calling a version of the API that does not exist or has expired. Please update to the latest version: ${NEWEST_VERSION}.`;
    throw new GraphRefusal('OAuthException', 2635, message);
  }
  const [object = '', ...edges] = rest.split('/');
  return { object: decoded(object), edge: edges.join('/') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
