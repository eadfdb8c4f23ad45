import { openSync } from 'node:fs';
import type { RedisConnection } from '@bot/queue';

const BYTES = 2 * 1_024 * 1_024;
const IN_REDIS = 'x'.repeat(32 * 1_024);

/** What a leak looks like: each call takes a file, memory, and something in Redis, for ever. */
export function createHoard(redis: RedisConnection): () => Promise<void> {
  const hoarded: { file: number; buffer: Buffer }[] = [];
  return async () => {
    hoarded.push({
      file: openSync(import.meta.filename, 'r'),
      buffer: Buffer.alloc(BYTES, 1),
    });
    await redis.rpush('hoarded', IN_REDIS);
  };
}
