import { type Fields } from './bodies.ts';
import { GraphRefusal } from './errors.ts';

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

const NEWEST_VERSION = 'v26.0';

/** When each version that may still be alive dies (Meta's versions page, 2026-11); the newest has no day yet. */
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
 * The version that serves the call: one that is no longer usable is served by the oldest that is,
 * and so is a call without one (developers.facebook.com/docs/apps/versions).
 */
export function servedVersion(path: string, now: number): string {
  const { version } = partsOf(path);
  if (version !== undefined && (expiries[version] ?? 0) > now) return version;
  const oldest = Object.entries(expiries).find(([, expiry]) => expiry > now);
  return oldest?.[0] ?? NEWEST_VERSION;
}

/** @throws GraphRefusal 2635 for a version that there never was; what Meta says then is not written. */
export function pathOf(path: string): GraphPath {
  const { version, rest } = partsOf(path);
  if (version !== undefined && numberOf(version) > numberOf(NEWEST_VERSION)) {
    const message = `(#2635) You are calling a version of the API that does not exist. Please update to the latest version: ${NEWEST_VERSION}.`;
    throw new GraphRefusal('OAuthException', 2635, message);
  }
  const [object = '', ...edges] = rest.split('/');
  return { object: decoded(object), edge: edges.join('/') };
}

function partsOf(path: string): { version: string | undefined; rest: string } {
  const [, version, rest = ''] = /^\/?(?:(v\d+\.\d+)(?:\/|$))?(.*?)\/?$/.exec(path) ?? [];
  return { version, rest };
}

function numberOf(version: string): number {
  return Number(version.slice(1));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
