import { describe, expect, it } from 'vitest';
import { planFor, type Costs, type Goal } from './plan.ts';

const costs: Costs = {
  webhookCpu: 0.1,
  workerCpu: 0.2,
  redisCpu: 0.1,
  ownMs: 20,
  graphMs: 100,
  turns: 400,
  waitingEventBytes: 700,
  rememberedIdBytes: 10,
  conversationBytes: 70,
  redisBytesIn: 2_000,
  redisBytesOut: 1_000,
  fileBytes: 500,
};
const goal: Goal = {
  messagesPerSecond: 10_000,
  share: 0.5,
  outageSeconds: 60,
  rememberedHours: 48,
  dailyShare: 1,
  conversations: 0,
};

describe('a plan', () => {
  it('has as many processes as keep each core at its share', () => {
    expect(planFor(costs, goal)).toMatchObject({
      webhooks: 2,
      workersByCpu: 4,
      shards: 2,
      busyCores: 4,
    });
    expect(planFor(costs, { ...goal, share: 1 })).toMatchObject({ webhooks: 1, shards: 1 });
  });

  it('has a process more as soon as one is a little too few', () => {
    const { webhooks } = planFor(costs, { ...goal, messagesPerSecond: 10_001 });
    expect(webhooks).toBe(3);
  });

  it('has none too many for the way in which computers reckon', () => {
    const plan = planFor(costs, { ...goal, messagesPerSecond: 18_000, share: 0.6 });
    expect(plan).toMatchObject({ webhooks: 3, workersByCpu: 6 });
  });

  it('has as many workers as there are turns under way, when Graph is slow', () => {
    const { workers, workersByTurns, cores } = planFor({ ...costs, graphMs: 980 }, goal);
    // 10,000 a second that take a second each, 200 in a worker.
    expect(workersByTurns).toBe(50);
    expect(workers).toBe(50);
    expect(cores).toBe(2 + 50 + 2);
  });

  it('says how many shards meet on one primary when nobody spreads them', () => {
    expect(planFor(costs, goal)).toMatchObject({ shards: 2, crowdedShards: 2 });
  });

  it('gives each primary the memory of its events, ids and conversations', () => {
    const only = (more: Partial<Goal>): number =>
      planFor(costs, { ...goal, outageSeconds: 0, rememberedHours: 0, ...more }).maxmemoryBytes;
    // Two primaries, each filled to 0.7.
    expect(only({ outageSeconds: 60 })).toBeCloseTo((600_000 * 700) / 2 / 0.7);
    expect(only({ rememberedHours: 48 })).toBeCloseTo((1_728_000_000 * 10) / 2 / 0.7);
    expect(only({ rememberedHours: 48, dailyShare: 0.5 })).toBeCloseTo(
      (864_000_000 * 10) / 2 / 0.7,
    );
    expect(only({ conversations: 1_000_000 })).toBeCloseTo((1_000_000 * 70) / 2 / 0.7);
  });

  it('refuses nothing in the outage', () => {
    expect(planFor(costs, goal).refuseEvents).toBe(600_000);
  });

  it('sends a replica what a primary receives', () => {
    expect(planFor(costs, goal)).toMatchObject({
      redisInBytesPerSecond: 10_000_000,
      redisOutBytesPerSecond: 15_000_000,
      fileBytesPerSecond: 2_500_000,
    });
  });

  it('has Pages enough for what Meta lets each send', () => {
    const pagesFor = (messagesPerSecond: number): number =>
      planFor(costs, { ...goal, messagesPerSecond }).pages;
    expect([1, 300, 301, 100_000].map(pagesFor)).toEqual([1, 1, 2, 334]);
  });
});
