import { describe, expect, it } from 'vitest';
import { after, event, useRealRedis } from './queues.test-setup.ts';
import { createQueue } from './redis-queue.ts';
import { createWorker } from './redis-worker.ts';

const real = useRealRedis();

describe('a worker on Redis', () => {
  it('heals a lane whose job was lost', async () => {
    const { redis } = real;
    const prefix = real.newPrefix();
    const queue = createQueue({ redis, prefix });
    const all = after(1);
    await queue.add([event('a')]);
    await redis.del(`{${prefix}:0}:lanes:wait`);
    let swept = 0;
    const worker = createWorker({
      redis,
      prefix,
      graceMs: 50,
      sweepEveryMs: 100,
      handle: async () => all.call(),
      observer: { swept: (lanes) => void (swept += lanes) },
    });
    await all.done;
    expect(swept).toBeGreaterThan(0);
    await worker.close();
    await queue.close();
  });
});
