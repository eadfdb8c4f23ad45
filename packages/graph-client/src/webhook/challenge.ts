import { createHash, timingSafeEqual } from 'node:crypto';

/** What to answer to the handshake: 200 and the challenge as text, or 403. */
export type ChallengeAnswer =
  | { kind: 'accepted'; challenge: string }
  | { kind: 'refused'; reason: string };

/** Digits only, as Meta sends them: nothing that a browser could run is ever sent back. */
const CHALLENGE = /^\d{1,64}$/;

/**
 * Judges the `GET` with which Meta asks whether an address wants its webhooks.
 *
 * @param query The parsed query: `hub.mode`, `hub.verify_token`, `hub.challenge`.
 * @param verifyToken The token from the app's dashboard. An empty one accepts nothing.
 *
 * @example
 * const answer = answerChallenge(request.query, verifyToken);
 * if (answer.kind === 'accepted') reply(200, answer.challenge);
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#verification-requests
 */
export function answerChallenge(
  query: Record<string, unknown>,
  verifyToken: string,
): ChallengeAnswer {
  const token = query['hub.verify_token'];
  const challenge = query['hub.challenge'];
  if (query['hub.mode'] !== 'subscribe') {
    return { kind: 'refused', reason: 'hub.mode is not "subscribe"' };
  }
  if (typeof token !== 'string' || verifyToken === '' || !sameToken(token, verifyToken)) {
    return { kind: 'refused', reason: 'hub.verify_token is not ours' };
  }
  if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) {
    return { kind: 'refused', reason: 'hub.challenge is not 1 to 64 digits' };
  }
  return { kind: 'accepted', challenge };
}

/** Hashes have one length, so neither content nor length shows in the time taken. */
function sameToken(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
