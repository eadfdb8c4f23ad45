import { createMemoryQueue } from '@bot/queue/testing';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { addPageMetrics } from './page-metrics.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { addQueueMetrics } from './queue-metrics.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

const lane = '100000000000001:24000000000000001';
const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('what a worker says', () => {
  it('of turns, replies and the queue is in metrics, of failures also in the log', async () => {
    const pseudonyms = createPseudonyms('bí-mật-1234');
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const log = createLog({ name: 'worker', level: 'info', pseudonyms, destination });
    const registry = new Registry();
    const { queue, work, close } = createMemoryQueue();
    const { observer, onRefused } = createWorkerMetrics({
      registry,
      log,
      complain: () => {},
      pseudonyms,
      running: () => 3,
      now: () => 1_700_000_031_000,
    });
    addQueueMetrics(registry, () => queue.figures());
    work({
      observer,
      retry: () => ({ kind: 'bury' }),
      async handle({ data }, turn) {
        if (data === 'bad') throw new Error(`no answer for ${lane}`);
        await turn.step('reply-1', async () => 'sent');
        await turn.step('order', async () => 'made');
        await turn.step('reply-2', async () => 'refused');
        onRefused('window-closed', { id: lane });
      },
    });
    await queue.add([
      { id: 'text.m_1', lane, timestamp: 1_700_000_000_000, data: 'good', trace },
      { id: 'text.m_2', lane, timestamp: 1_700_000_000_001, data: 'bad', trace },
    ]);
    await expect.poll(() => lines.length).toBe(1);
    const text = await registry.metrics();
    await close();
    expect(text).toContain('worker_reply_seconds_bucket{le="30"} 0');
    expect(text).toContain('worker_reply_seconds_bucket{le="60"} 1');
    // The other one was not sent.
    expect(text).toContain('worker_reply_seconds_count 1');
    expect(text).toContain('worker_steps_total{outcome="done"} 3');
    expect(text).toContain('worker_turns_total{outcome="handled"} 1');
    expect(text).toContain('worker_turns_total{outcome="buried"} 1');
    expect(text).toContain('worker_refused_replies_total{reason="window-closed"} 1');
    expect(text).toContain('worker_running_turns 3');
    expect(text).toContain('queue_dead_letters 1');
    const name = pseudonyms.of(lane);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'text.m_2',
      page: '100000000000001',
      conversation: name,
      lane: `100000000000001:${name}`,
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      reason: `no answer for 100000000000001:${name}`,
      attempt: 1,
    });
  });
});

describe('what is said of Pages', () => {
  it('follows what is known of them', async () => {
    const registry = new Registry();
    const page = { pageId: '100', checkedAt: 1_700_000_000_000, missingFields: ['messages'] };
    let pages: object[] = [{ ...page, trouble: { kind: 'token-dead' }, silentSince: 1 }];
    addPageMetrics(registry, () => pages as (typeof page)[]);
    const text = await registry.metrics();
    expect(text).toContain('page_parked{page="100",kind="token-dead"} 1');
    expect(text).toContain('page_missing_fields{page="100"} 1');
    expect(text).toContain('page_silent{page="100"} 1');
    expect(text).toContain('page_checked_timestamp_seconds{page="100"} 1700000000');
    pages = [{ pageId: '100', missingFields: [] }];
    const later = await registry.metrics();
    expect(later).not.toMatch(/^page_parked\{/m);
    expect(later).toContain('page_silent{page="100"} 0');
    expect(later).toContain('page_missing_fields{page="100"} 0');
    expect(later).toContain('page_checked_timestamp_seconds{page="100"} 0');
  });

  it('calls no Page unchecked that nobody listed, and therefore nobody checks', async () => {
    const registry = new Registry();
    addPageMetrics(registry, () => [{ pageId: '100', trouble: { kind: 'unlisted' } }]);
    const text = await registry.metrics();
    expect(text).toContain('page_parked{page="100",kind="unlisted"} 1');
    expect(text).not.toMatch(/^page_checked_timestamp_seconds\{/m);
  });
});
