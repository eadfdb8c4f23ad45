import { startRedis, startStack, type RedisServer, type Stack } from '@bot/dev';
import type { Emulator } from '@bot/emulator';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tea = { id: '100000000000001', name: 'Tiệm Trà Nhỏ', accessToken: 'tea-token' };
const psid = '24000000000000001';
const HOUR_MS = 60 * 60 * 1_000;

let server: RedisServer;
let redis: Redis;
let stack: Stack;
let emulator: Emulator;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  // It talked for two weeks, in every hour, until five hours ago.
  const now = Math.floor(Date.now() / HOUR_MS);
  for (let back = 14 * 24; back >= 5; back -= 1) {
    await redis.zadd(`bot:pages:hours:${tea.id}`, now - back, now - back);
  }
  await redis.hset('bot:pages:heard', tea.id, (now - 5) * HOUR_MS);
  stack = await startStack({
    redisUrl: server.url,
    emulator: { pages: [tea], people: [{ psid, name: 'Lan', pageId: tea.id }] },
    credentials: {
      pageAccessToken: tea.accessToken,
      appSecret: 'secret-of-this-test',
      verifyToken: 'verify-token-of-this-test',
    },
    onLine: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  if (!stack.emulator) throw new Error('The stack has no emulator of its own.');
  emulator = stack.emulator;
});

afterAll(async () => {
  await stack.close();
  redis.disconnect();
  await server.close();
});

const logged = (message: string): Record<string, unknown> | undefined =>
  lines.findLast(({ msg }) => msg === message);

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${stack.workerUrls[0]}/metrics`)).text();
  return text.split('\n').find((line) => line.startsWith(`${name}{page="${tea.id}"`));
}

/** Has the worker check the Page at its next start, although somebody did just now. */
async function restartWorker(): Promise<void> {
  const claims = await redis.keys('bot:pages:claim:*');
  if (claims.length > 0) await redis.del(...claims);
  await stack.restart('worker');
}

describe('a Page that used to talk', () => {
  it('is called silent once it says nothing in its hours, until it is heard again', async () => {
    await expect
      .poll(() => metric('page_silent'), { timeout: 30_000 })
      .toBe(`page_silent{page="${tea.id}"} 1`);
    expect(logged('Page used to talk and has fallen silent')).toMatchObject({
      page: tea.id,
      since: expect.stringMatching(/:00:00\.000Z$/),
    });
    emulator.say(psid, 'có ai ở đó không?');
    await expect.poll(() => logged('Page is heard again')).toMatchObject({ page: tea.id });
    await expect
      .poll(() => metric('page_silent'), { timeout: 30_000 })
      .toBe(`page_silent{page="${tea.id}"} 0`);
  });
});

describe('a subscription that Meta has ended', () => {
  it('is repaired, and its end written down', async () => {
    emulator.subscribePage(tea.id, ['messages']);
    await restartWorker();
    const message = 'Page had ended its subscription; it is subscribed again';
    await expect
      .poll(() => logged(message))
      .toMatchObject({
        page: tea.id,
        fields: expect.arrayContaining(['messaging_postbacks', 'message_echoes']),
      });
    expect(emulator.state.pages[tea.id]?.subscribedFields).toContain('message_echoes');
    await expect
      .poll(() => metric('page_missing_fields'))
      .toBe(`page_missing_fields{page="${tea.id}"} 0`);
  });
});
