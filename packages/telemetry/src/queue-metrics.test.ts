import type { QueueFigures } from '@bot/queue';
import { createManualClock } from '@bot/queue/testing';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { addQueueMetrics } from './queue-metrics.ts';

const known: QueueFigures = {
  waitingLanes: 3,
  waitingEvents: 5,
  delayedEvents: 1,
  deadLetters: 2,
  oldestAgeMs: 1_500,
  turns: 100,
  retries: 7,
  dead: 2,
};

function setUp(figures: () => Promise<QueueFigures>) {
  const registry = new Registry();
  const clock = createManualClock();
  addQueueMetrics(registry, figures, clock);
  return { registry, clock };
}

describe('what stands in the queue', () => {
  it('is asked for once a scrape', async () => {
    let times = 0;
    const { registry } = setUp(async () => {
      times += 1;
      return known;
    });
    const text = await registry.metrics();
    expect(text).toContain('queue_oldest_age_seconds 1.5');
    expect(text).toContain('queue_dead_letters 2');
    expect(times).toBe(1);
  });

  it('is not known while Redis says nothing, and meanwhile not asked for again', async () => {
    const first = Promise.withResolvers<QueueFigures>();
    let times = 0;
    const { registry, clock } = setUp(() => {
      times += 1;
      return times === 1 ? first.promise : Promise.resolve(known);
    });
    for (let scrape = 0; scrape < 2; scrape += 1) {
      const scraped = registry.metrics();
      await clock.advance(2_000);
      expect(await scraped).toContain('queue_waiting_lanes Nan');
    }
    expect(times).toBe(1);
    first.resolve(known);
    await expect.poll(() => registry.metrics()).toContain('queue_waiting_lanes 3');
    expect(times).toBe(2);
  });

  it('is not known when Redis refuses', async () => {
    const { registry } = setUp(() => Promise.reject(new Error('READONLY')));
    expect(await registry.metrics()).toContain('queue_dead_letters Nan');
  });
});
