import { createDeletionRecords } from '@bot/privacy/webhook';
import { connectRedis, createQueue } from '@bot/queue';
import { runService } from '@bot/service';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';

await runService({
  name: 'webhook',
  readConfig,
  secretOf: ({ appSecrets }) => appSecrets[0] ?? '',
  async start(config, { log, complain, pseudonyms, fail }) {
    const redis = connectRedis({
      url: config.redisUrl,
      role: 'producer',
      queue: config.queue,
      onError: (error) => complain('Redis connection failed', { reason: error.message }),
      onFinding: ({ kind, message }) => (kind === 'warning' ? log.warn(message) : fail(message)),
    });
    const queue = createQueue({
      redis,
      ...config.queue,
      backpressure: { refuse: config.refuse },
    });
    const { publicUrl } = config;
    const { deadLetters } = queue;
    const app = buildApp({
      verifyToken: config.verifyToken,
      appSecrets: config.appSecrets,
      queue,
      trouble: () => (redis.status === 'ready' ? undefined : `Redis is ${redis.status}`),
      log,
      pseudonyms,
      privacy: publicUrl
        ? { publicUrl, deadLetters, records: createDeletionRecords(redis) }
        : undefined,
    });
    const address = await app.listen({ port: config.port, host: config.host });
    log.info({ address }, 'listening');
    return {
      async close() {
        await app.close();
        await queue.close();
        redis.disconnect();
      },
    };
  },
});
