import { createGraphClient, defaultPipeline } from '@bot/graph-client';
import { createFakeTransport, createManualClock, graphError } from '@bot/graph-client/testing';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { observeCalls } from './observed-calls.ts';

it('counts each attempt as a call, and what was held back as none', async () => {
  const registry = new Registry();
  const clock = createManualClock();
  const observed = observeCalls(registry, () => clock.now());
  const graph = createGraphClient({
    accessToken: 'token-of-this-test',
    clock,
    transport: createFakeTransport({
      answers: [graphError(2), { body: {} }, graphError(190)],
    }),
    pipeline: [...defaultPipeline({ clock, random: () => 0 }), observed],
  });
  const ask = (): Promise<unknown> => graph.call({ method: 'GET', path: 'me' });
  const asking = ask();
  await expect.poll(() => clock.pending).toBe(2);
  clock.advance(9_000);
  await asking;
  await expect(ask()).rejects.toThrow('code 190');
  await expect(ask()).rejects.toThrow('is held back');
  const lines = (await registry.metrics())
    .split('\n')
    .filter((line) => /^graph_\w+_total/.test(line));
  expect(lines.toSorted()).toEqual([
    'graph_calls_total{kind="other",outcome="ok"} 1',
    'graph_calls_total{kind="other",outcome="token-dead"} 1',
    'graph_calls_total{kind="other",outcome="transient"} 1',
    'graph_retries_total{kind="other"} 1',
  ]);
});
