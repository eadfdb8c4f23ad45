/**
 * What is wrong.
 *
 * - `throttled`: too many calls. Wait, then the same call succeeds.
 * - `window-closed`: the person last did something too long ago for this kind of message.
 * - `recipient-gone`: the person blocked the Page, left, or cannot be reached now.
 * - `page-restricted`: Meta keeps the Page from sending.
 * - `token-dead`: the access token no longer works: make a new one.
 * - `permission`: the app or the token lacks a right or a review.
 * - `thread-owned`: another app or a human has the conversation. Not a fault: stay silent.
 * - `media`: Meta could not fetch or take the file.
 * - `template`: Meta does not take the template as it is.
 * - `configuration`: the call or the setting breaks a rule.
 * - `rejected`: Meta does not want this message, now or ever; nothing is broken.
 * - `transient`: trouble of the network or of Meta's that passes.
 * - `aborted`: the caller gave the call up, or the client is closed.
 */
export type ErrorKind =
  | 'throttled'
  | 'window-closed'
  | 'recipient-gone'
  | 'page-restricted'
  | 'token-dead'
  | 'permission'
  | 'thread-owned'
  | 'media'
  | 'template'
  | 'configuration'
  | 'rejected'
  | 'transient'
  | 'aborted';

/** How far the trouble reaches: every Page of the app, the Page, the person, or this call only. */
export type ErrorScope = 'app' | 'page' | 'recipient' | 'message';

/**
 * What became of the call. The Send API has no idempotency key, so after `unknown` a repetition
 * may show a person the same message twice; wait for the message's echo first.
 */
export type Outcome = 'not-executed' | 'executed' | 'unknown';

/** What an error means to whoever must decide what to do next. */
export interface Classification {
  readonly kind: ErrorKind;
  readonly scope: ErrorScope;
  readonly outcome: Outcome;
  /**
   * After how many milliseconds the same call may succeed; 0 is at once, with a back-off of your
   * own. `undefined`: it would fail in the same way. Whether repeating is safe says `outcome`.
   */
  readonly retryAfterMs: number | undefined;
}
