import { challenge, type Random } from '../random.ts';
import type { Transport } from './transport.ts';

/** Whether the webhook answered as Meta wants it; if not, what is wrong and what to do. */
export type Handshake = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** Meta's question when a webhook is registered: the challenge must come back with status 200. */
export async function shakeHands(
  transport: Transport,
  random: Random,
  verifyToken: string,
  signal: AbortSignal,
): Promise<Handshake> {
  const expected = challenge(random);
  const answer = await transport.get(
    { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': expected },
    signal,
  );
  signal.throwIfAborted();
  if (answer.kind === 'no-answer') {
    return wrong(`gave no answer (${answer.error}): is it running at this address?`);
  }
  if (answer.status === 403) {
    return wrong('refused the handshake with 403: is VERIFY_TOKEN the same on both sides?');
  }
  if (answer.status !== 200) {
    return wrong(`answered the handshake with ${answer.status}: it must answer 200 to GET, too`);
  }
  if (answer.body.trim() === expected) return { ok: true };
  return wrong('answered the handshake with another text than hub.challenge');
}

function wrong(problem: string): Handshake {
  return { ok: false, problem: `The webhook ${problem}` };
}

/** What a delivery's status says about the webhook; undefined when all is well. */
export function problemOf(status: number): string | undefined {
  if (status === 200) return undefined;
  if (status === 0) return 'The webhook gives no answer: is it running at this address?';
  // Bots refuse a wrong signature with one of these.
  if (status === 400 || status === 401 || status === 403) {
    return `The webhook refuses deliveries with ${status}: is APP_SECRET the same on both sides?`;
  }
  return `The webhook answers ${status} where Meta wants 200: its log should say why`;
}
