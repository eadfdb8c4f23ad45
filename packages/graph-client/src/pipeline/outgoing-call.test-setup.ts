import { GraphApiError, TransportError } from '../errors.ts';
import type { Classification } from '../classification.ts';
import { judge } from '../error-table.ts';
import type { Clock } from '../clock.ts';
import type { GraphAnswer, OutgoingCall } from './middleware.ts';

/** A text on its way, with ten seconds of time. */
export function outgoing(clock: Clock, more: Partial<OutgoingCall> = {}): OutgoingCall {
  return {
    method: 'POST',
    name: 'POST https://graph.facebook.com/v26.0/me/messages',
    rateClass: 'send',
    weight: 1,
    deadline: clock.now() + 10_000,
    signal: new AbortController().signal,
    ...more,
  };
}

/** An answer that says nothing of the allowance. */
export const fine: GraphAnswer = { value: { message_id: 'm_1' }, usage: undefined };

/** A call that never reached the network, or perhaps did. */
export function broken(outcome: Classification['outcome']): TransportError {
  const reason = outcome === 'not-executed' ? 'connect' : 'timeout';
  return new TransportError(reason, 'no network', { outcome });
}

/** What Graph's error means. */
export function refused(code: number, subcode?: number, graphMessage = ''): GraphApiError {
  const { advice, ...is } = judge(code, subcode, graphMessage);
  const refusal = {
    code,
    subcode,
    type: 'OAuthException',
    traceId: undefined,
    httpStatus: 400,
    graphMessage,
    usage: undefined,
  };
  return new GraphApiError(advice, refusal, is);
}

/** Lets everything that is ready run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
