import { RequestError } from './errors.ts';
import type { RateClass } from './pipeline/middleware.ts';
import type { UploadFile } from './multipart.ts';

/** One Graph API request. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Relative to the version: `me/messages`, `123/subscribed_apps`. Empty for Graph's root. */
  readonly path: string;
  /**
   * Query parameters. The token and its proof are not among them: the client adds them. What is
   * `undefined` is left out.
   */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON, or as the fields beside `file`; not with `GET`. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** Sent as `multipart/form-data`, streamed, in the part `filedata`. */
  readonly file?: UploadFile | undefined;
  /** Which of Meta's limits it counts against. Default `other`, which has none. */
  readonly rateClass?: RateClass | undefined;
  /** It needs a right that other calls do not: that it is missing says nothing of them. Default false. */
  readonly ownRight?: boolean | undefined;
  /** How many calls it counts as there. Default 1. */
  readonly weight?: number | undefined;
  /** Longest time for the whole call, in milliseconds. Default: the client's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Gives the call up. What was written by then stays written: see `outcome` of the error. */
  readonly signal?: AbortSignal | undefined;
}

/** Makes a call and answers with the JSON that Graph sent. */
export type MakeCall = (request: GraphCall) => Promise<unknown>;

/** Each part is an id, a mid or a name: nothing that a URL would read in another way. */
const PATH = /^(?:[\w$=+:~-]+(?:\.[\w$=+:~-]+)*(?:\/(?!$)|$))*$/;
const RESERVED = ['access_token', 'appsecret_proof'];

/** @throws RequestError that names the part and its rule. */
export function checkCall(call: GraphCall): void {
  const { method, path, query, body, file, timeoutMs, signal } = call;
  if (!['GET', 'POST', 'DELETE'].includes(method)) {
    throw new RequestError('call.method', 'must be one of: GET, POST, DELETE.');
  }
  if (!PATH.test(path)) {
    throw new RequestError('call.path', 'must look like "me/messages": no slash at its start.');
  }
  if (method === 'GET' && (body !== undefined || file !== undefined)) {
    throw new RequestError('call.body', 'must be absent from a GET.');
  }
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs >= 1)) {
    throw new RequestError('call.timeoutMs', 'must be a whole number of milliseconds from 1.');
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new RequestError('call.signal', 'must be an AbortSignal.');
  }
  for (const name of RESERVED) {
    if (query !== undefined && Object.hasOwn(query, name)) {
      throw new RequestError(`call.query.${name}`, 'is added by the client: leave it out.');
    }
  }
}

/** The query string with its `?`, or nothing. */
export function queryString(query: GraphCall['query'], proof: string | undefined): string {
  if (query === undefined) {
    return proof === undefined ? '' : `?appsecret_proof=${proof}`;
  }
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      pairs.set(name, String(value));
    }
  }
  if (proof !== undefined) {
    pairs.set('appsecret_proof', proof);
  }
  return pairs.size === 0 ? '' : `?${pairs.toString()}`;
}
