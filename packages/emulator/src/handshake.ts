import { challenge, type Random } from './random.ts';
import type { Transport } from './transport.ts';

/**
 * Meta's question when a webhook is registered: the challenge must come back with status 200.
 * An answer of another kind, or none, is `false`.
 */
export async function shakeHands(
  transport: Transport,
  random: Random,
  verifyToken: string,
  signal: AbortSignal,
): Promise<boolean> {
  const expected = challenge(random);
  const answer = await transport.get(
    { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': expected },
    signal,
  );
  signal.throwIfAborted();
  return answer.kind === 'answer' && answer.status === 200 && answer.body.trim() === expected;
}
