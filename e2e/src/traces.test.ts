import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAnswers } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';
import { startCollector, type Collector } from './trace-collector.ts';

const psid = '24000000000000001';
const pageId = '100000000000001';
const lines: Record<string, unknown>[] = [];
let collector: Collector;
let local: LocalStack;

beforeAll(async () => {
  collector = await startCollector();
  local = await startLocalStack({
    logLevel: 'debug',
    emulator: { people: [{ psid, name: 'Lan', pageId }] },
    environment: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
    onLine: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
});

afterAll(async () => {
  await local.stack.close();
  await collector.close();
});

it('one trace leads from the delivery over both apps to the call, and both logs name it', async () => {
  const answers = countAnswers(local.emulator);
  local.emulator.say(psid, 'xin chào, mình tên Lan');
  await answers.wait(1, AbortSignal.timeout(20_000));
  // Spans go out every few seconds; a process that ends sends what is left.
  await local.stack.kill('worker', 'SIGTERM');
  await local.stack.kill('webhook', 'SIGTERM');

  const sent = collector.spans.find(({ name, kind }) => name === 'call' && kind === 'send');
  const trace = sent?.trace ?? 'none';
  const parents = new Map(collector.spans.map((span) => [span.id, span]));
  const path = [];
  for (let span = sent; span; span = parents.get(span.parent ?? '')) {
    path.unshift(`${span.service}: ${span.name}`);
  }
  expect(path).toEqual(['webhook: delivery', 'worker: turn', 'worker: call']);

  const told = lines.filter((line) => line['trace'] === trace);
  expect(told.map(({ name, msg }) => `${String(name)}: ${String(msg)}`)).toEqual([
    'webhook: event taken',
    'worker: turn ended',
  ]);
  for (const line of told) {
    expect(line).toMatchObject({ page: pageId, event: expect.stringMatching(/^message\.m_/) });
    expect(line['conversation']).toMatch(/^[\da-f]{12}$/);
    expect(line['lane']).toBe(`${pageId}:${String(line['conversation'])}`);
  }
  const everything = JSON.stringify([lines, collector.spans]);
  expect(everything).not.toMatch(/xin chào|24000000000000001/);
  expect(everything).not.toContain(local.stack.credentials.pageAccessToken);
});
