import { createGraphClient } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeAnswer } from '@bot/graph-client/testing';
import { backoff, type RetryDecision } from '@bot/queue';
import { describe, expect, it } from 'vitest';

/** What becomes of an event whose reply Graph answers like this. */
async function decisionAfter(answer: FakeAnswer): Promise<RetryDecision> {
  const transport = createFakeTransport({ answers: [answer] });
  const graph = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  const error: unknown = await graph.messages
    .sendText({ to: '6912345678901234', text: 'xin chào' })
    .catch((thrown: unknown) => thrown);
  return backoff({ random: () => 0 })(error, 1);
}

describe('an event whose reply fails', () => {
  it.each([
    ['a blocked person', graphError(551), { kind: 'bury' }],
    ['a closed window', graphError(10, 2018278), { kind: 'bury' }],
    ['trouble at Meta', graphError(2), { kind: 'retry', delayMs: 500, countAttempt: true }],
    [
      'a proxy’s page',
      { status: 502, body: '<html>' },
      { kind: 'retry', delayMs: 500, countAttempt: true },
    ],
    ['throttling', graphError(80006), { kind: 'retry', delayMs: 60_000, countAttempt: false }],
  ] as const)(
    'after %s is tried again or given up as it should',
    async (_what, answer, decision) => {
      expect(await decisionAfter(answer)).toEqual(decision);
    },
  );
});
