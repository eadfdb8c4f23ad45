import { describe, expect, it } from 'vitest';
import { seeded } from './seeded.ts';
import { simulate, type Model, type Simulated } from './simulate.ts';

function run(more: Partial<Model>): Simulated {
  return simulate({
    messagesPerSecond: 1_000,
    seconds: 20,
    warmUpSeconds: 2,
    conversations: 1_000_000,
    skew: 0,
    webhooks: 1,
    workers: 1,
    shards: 1,
    turns: 400,
    webhookMs: 0.1,
    workerMs: 0.2,
    redisMs: 0.1,
    flushMs: 0,
    graphMs: 100,
    service: 'constant',
    random: seeded(11),
    ...more,
  });
}

describe('the simulation', () => {
  it('answers what comes in, and is as busy as the costs say', () => {
    const { repliesPerSecond, utilisation } = run({});
    expect(repliesPerSecond / 1_000).toBeCloseTo(1, 1);
    expect(utilisation.webhook).toBeCloseTo(0.1, 2);
    expect(utilisation.worker).toBeCloseTo(0.2, 2);
    expect(utilisation.redis).toBeCloseTo(0.1, 2);
  });

  it('spreads the work over processes and shards', () => {
    const { utilisation } = run({ messagesPerSecond: 4_000, webhooks: 2, workers: 4, shards: 2 });
    expect(utilisation.webhook).toBeCloseTo(0.2, 2);
    expect(utilisation.worker).toBeCloseTo(0.2, 2);
    expect(utilisation.redis).toBeCloseTo(0.2, 2);
  });

  it("has as many turns under way as Little's law says", () => {
    const { utilisation, turnMs } = run({});
    expect(turnMs).toBeGreaterThan(100);
    expect((utilisation.turns * 400) / turnMs).toBeCloseTo(1, 1);
  });

  it("answers no more than the turns allow, as Little's law says", () => {
    const { repliesPerSecond, turnMs, utilisation } = run({ turns: 40 });
    expect(utilisation.turns).toBeCloseTo(1, 2);
    expect(repliesPerSecond).toBeGreaterThan((0.99 * 40_000) / turnMs);
    expect(repliesPerSecond).toBeLessThan((1.01 * 40_000) / turnMs);
  });

  it('answers no more than the busiest core can do', () => {
    const { repliesPerSecond, utilisation } = run({ redisMs: 2 });
    expect(repliesPerSecond).toBeLessThan(500);
    expect(utilisation.redis).toBeGreaterThan(0.99);
  });

  it('waits as long as M/M/1 at the webhook, when nothing else takes time', () => {
    const free = { workerMs: 0, redisMs: 0, graphMs: 0 };
    const { reply } = run({ ...free, webhookMs: 0.5, service: 'exponential', seconds: 100 });
    // The time in the station is exponential, with 1 / (rate of service - rate of arrival) as mean.
    expect(reply.p50 / (1 * Math.log(2))).toBeCloseTo(1, 1);
    expect(reply.p99 / (1 * Math.log(100))).toBeCloseTo(1, 1);
  });

  it('waits for the disk at each trip to Redis before the reply', () => {
    const idle = { messagesPerSecond: 1, seconds: 2_000, webhookMs: 0, workerMs: 0, redisMs: 0 };
    const { reply, turnMs } = run({ ...idle, flushMs: 10 });
    expect(reply.p50).toBeCloseTo(60);
    expect(turnMs).toBeGreaterThan(150);
  });

  it('has one turn at a time in a conversation', () => {
    const { repliesPerSecond, turnMs } = run({ conversations: 2, seconds: 60 });
    expect(repliesPerSecond).toBeGreaterThan(0.98 * (2_000 / turnMs));
    expect(repliesPerSecond).toBeLessThan(1.02 * (2_000 / turnMs));
  });

  it("lets few conversations write most when they follow Zipf's law", () => {
    const few = { conversations: 1_000, messagesPerSecond: 50 };
    const [even, skewed] = [run(few), run({ ...few, skew: 1 })];
    // The first writes every seventh message, and each of its turns takes 100 ms.
    expect(even.reply.p99).toBeLessThan(100);
    expect(skewed.reply.p99).toBeGreaterThan(100);
  });

  it('comes out the same for the same seed', () => {
    expect(run({})).toEqual(run({}));
    expect(run({}).reply).not.toEqual(run({ random: seeded(12) }).reply);
  });
});
