import { createGraphClient } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeAnswer } from '@bot/graph-client/testing';
import { createMemoryQueue } from '@bot/queue/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCollector, type CollectedSpan, type Collector } from './collector.test-setup.ts';
import { observeCalls } from './observed-calls.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { inSpan } from './spans.ts';
import { currentTraceParent } from './trace-parent.ts';
import { startTracing, type TracingOptions } from './tracing.ts';
import { traceTurns } from './turn-spans.ts';

const lane = '100000000000001:24000000000000001';
const pseudonyms = createPseudonyms('bí-mật-1234');

let collector: Collector;

beforeEach(async () => {
  collector = await startCollector();
});

afterEach(() => collector.close());

/** A delivery with one event, through the queue and the turn, to Graph and back. */
async function answerOne(
  options: Partial<TracingOptions>,
  answers: FakeAnswer[] = [],
): Promise<{ trace: string | undefined; registry: Registry }> {
  const tracing = startTracing({ service: 'test', ...options });
  const { queue, work, close } = createMemoryQueue();
  const registry = new Registry();
  const graph = createGraphClient({
    accessToken: 'token-of-this-test',
    transport: createFakeTransport({ answers }),
    pipeline: [observeCalls(registry, () => 0)],
  });
  const handled = Promise.withResolvers<string | undefined>();
  const send = async (): Promise<void> => {
    handled.resolve(currentTraceParent());
    await graph.messages.sendText({ to: '24000000000000001', text: 'Xin chào' });
  };
  work({ handle: traceTurns(send, pseudonyms), retry: () => ({ kind: 'bury' }) });
  await inSpan('delivery', { kind: 'server', root: true }, async () => {
    const trace = currentTraceParent();
    await queue.add({ id: 'text.m_1', lane, timestamp: 1, data: { text: 'Xin chào' }, trace });
  });
  const trace = await handled.promise;
  await expect.poll(async () => (await queue.figures()).waitingEvents).toBe(0);
  await close();
  await tracing.close();
  return { trace, registry };
}

const byName = (name: string): CollectedSpan => {
  const found = collector.spans.find((span) => span.name === name);
  if (!found) throw new Error(`no span ${name}`);
  return found;
};

describe('traces', () => {
  it('go from the delivery over the queue to the call, and name no person', async () => {
    await answerOne({ endpoint: collector.endpoint });
    const [delivery, turn, call] = [byName('delivery'), byName('turn'), byName('call')];
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(
      new Set([delivery.traceId]),
    );
    expect([delivery.parentSpanId, turn.parentSpanId, call.parentSpanId]).toEqual([
      undefined,
      delivery.spanId,
      turn.spanId,
    ]);
    const told = JSON.stringify(collector.spans);
    expect(told).toContain(pseudonyms.of(lane));
    expect(told).not.toMatch(/Xin chào|24000000000000001|token-of-this-test/);
  });

  it('say what failed', async () => {
    const dead = graphError(190, undefined, 'about 24000000000000001');
    await answerOne({ endpoint: collector.endpoint }, [dead]);
    expect(byName('call').status).toMatchObject({ code: 2, message: 'token-dead' });
    expect(byName('turn').status).toMatchObject({ code: 2, message: 'token-dead' });
  });

  it('have ids for the log when nobody collects them, and cost no more', async () => {
    const { trace } = await answerOne({});
    expect(trace).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
    const none = await answerOne({ endpoint: collector.endpoint, share: 0 });
    expect(none.trace).toMatch(/-00$/);
    expect(collector.spans).toEqual([]);
  });

  it('that cannot be delivered keep nobody from closing', async () => {
    await collector.close();
    const { trace } = await answerOne({ endpoint: collector.endpoint });
    expect(trace).toMatch(/-01$/);
    collector = await startCollector();
  });
});

describe('calls', () => {
  it('are counted by kind and outcome', async () => {
    const { registry } = await answerOne({});
    const text = await registry.metrics();
    expect(text).toContain('graph_calls_total{kind="send",outcome="ok"} 1');
    expect(text).toContain('graph_call_seconds_count{kind="send"} 1');
  });
});
