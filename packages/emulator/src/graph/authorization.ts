import { createHmac } from 'node:crypto';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import type { Page } from '../pages.ts';
import type { Fields } from './bodies.ts';
import { GraphRefusal } from './errors.ts';

/** What a call brought along to show who it is. */
export interface Credentials {
  readonly token: string | undefined;
  readonly proof: string | undefined;
  /** Unix seconds, when the proof is of the newer, time-stamped form. */
  readonly proofTime: string | undefined;
}

/** What is right, and what time it is. */
export interface Authority {
  readonly pages: readonly Page[];
  readonly appSecret: string;
  /** The dashboard's "Require App Secret". */
  readonly requireProof: boolean;
  readonly now: number;
}

/** A time-stamped proof is good for five minutes (developers.facebook.com/docs/facebook-login/security#proof). */
const PROOF_LIFETIME_MS = 5 * 60_000;

/** Takes the credentials from where Graph takes them: header first, then query, then body. */
export function credentialsOf(
  header: string | undefined,
  query: Fields,
  body: Fields,
): Credentials {
  const parameter = (name: string): string | undefined => {
    const value = query[name] ?? body[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  return {
    token: /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header ?? '')?.[1] ?? parameter('access_token'),
    proof: parameter('appsecret_proof'),
    proofTime: parameter('appsecret_time'),
  };
}

/**
 * The Page whose token it is; undefined for the app's own token.
 *
 * @throws GraphRefusal unless token and proof are right.
 */
export function authorize(credentials: Credentials, authority: Authority): Page | undefined {
  const { token, proof, proofTime } = credentials;
  if (token === undefined || token === '') {
    const message = 'An access token is required to request this resource.';
    throw new GraphRefusal('OAuthException', 104, message);
  }
  const page = authority.pages.find(({ accessToken }) => accessToken === token);
  if (page === undefined && token !== `${EMULATED_APP_ID}|${authority.appSecret}`) {
    const message = 'Invalid OAuth access token - Cannot parse access token';
    throw new GraphRefusal('OAuthException', 190, message);
  }
  if (proof === undefined) {
    if (!authority.requireProof) return page;
    const message = 'API calls from the server require an appsecret_proof argument';
    throw new GraphRefusal('GraphMethodException', 100, message);
  }
  const expired =
    proofTime !== undefined && !(authority.now - Number(proofTime) * 1000 <= PROOF_LIFETIME_MS);
  const signed = proofTime === undefined ? token : `${token}|${proofTime}`;
  const expected = createHmac('sha256', authority.appSecret).update(signed).digest('hex');
  if (expired || proof !== expected) {
    const message = 'Invalid appsecret_proof provided in the API argument';
    throw new GraphRefusal('GraphMethodException', 100, message);
  }
  return page;
}

const credentialNames = new Set(['access_token', 'appsecret_proof', 'appsecret_time']);

/** The other parameters: credentials end here, before anything is kept. */
export function withoutCredentials(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !credentialNames.has(name)));
}
