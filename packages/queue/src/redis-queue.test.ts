import { startRedis } from '@bot/dev';
import { describe, expect, it } from 'vitest';
import { UnavailableError } from './errors.ts';
import { event } from './queues.test-setup.ts';
import { createQueue } from './redis-queue.ts';
import { connectRedis } from './redis.ts';

describe('add to a queue on Redis', () => {
  it('fails fast while Redis is away and works again when it is back', async () => {
    const server = await startRedis();
    const redis = connectRedis({ url: server.url, role: 'producer' });
    const queue = createQueue({ redis });
    try {
      await new Promise((resolve) => redis.once('ready', resolve));
      await queue.add([event('a')]);
      await server.kill('SIGKILL');

      const from = performance.now();
      await expect(queue.add([event('b')])).rejects.toThrow(UnavailableError);
      expect(performance.now() - from).toBeLessThan(1_000);

      const ready = new Promise((resolve) => redis.once('ready', resolve));
      await server.restart();
      await ready;
      expect(await queue.add([event('a'), event('b')])).toEqual(['duplicate', 'accepted']);
    } finally {
      await queue.close();
      redis.disconnect();
      await server.close();
    }
  });
});
