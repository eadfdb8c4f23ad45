import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, startRedis, type RedisServer } from '@bot/dev';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const apps = join(import.meta.dirname, '..', '..', 'apps');
let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

/** Runs an app until it ends or `until` stands in its output; then it is stopped. */
async function run(app: string, until: string): Promise<{ code: number; output: string }> {
  const child = spawn('node', [join(apps, app, 'dist', 'main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      REDIS_URL: server.url,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      APP_SECRET: 'unfit-app-secret',
      VERIFY_TOKEN: 'unfit-verify-token',
      PAGE_ACCESS_TOKEN: 'unfit-page-token',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const before = output;
      output += chunk.toString();
      // Once: a second signal would find a process that ends, and has no handler any more.
      if (output.includes(until) && !before.includes(until)) child.kill('SIGTERM');
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

describe.each(['webhook', 'worker'])('the %s', (app) => {
  it('ends at a Redis that may throw events away, and says what to set', async () => {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { code, output } = await run(app, 'never said');
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    expect(code).toBe(1);
    expect(output).toContain('set maxmemory-policy noeviction');
  });

  it('warns of one that may lose the last second, and works', async () => {
    await redis.config('SET', 'appendfsync', 'everysec');
    const { code, output } = await run(app, 'set appendfsync always');
    await redis.config('SET', 'appendfsync', 'always');
    expect(code).toBe(0);
    expect(output).toContain('stopped');
  });
});
