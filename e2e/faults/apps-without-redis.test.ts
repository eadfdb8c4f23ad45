import { join } from 'node:path';
import {
  createGuard,
  freePort,
  poll,
  startChild,
  startRedis,
  type Child,
  type Guard,
  type RedisServer,
} from '@bot/dev';
import { createEmulator, type Emulator } from '@bot/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAnswers } from '../src/answers.ts';
import { createMeta, type Posted } from './rig/meta.ts';

const apps = join(import.meta.dirname, '..', '..', 'apps');
const page = { id: '100000000000001', accessToken: 'tea-token' };
const appSecret = 'secret-of-these-apps';

let guard: Guard;
let redis: RedisServer;
let emulator: Emulator;
let meta: ReturnType<typeof createMeta>;
const urls = { webhook: '', worker: '' };
const lines: string[] = [];
const running: Child[] = [];

async function startApp(name: 'webhook' | 'worker'): Promise<Child> {
  return startChild({
    name,
    command: process.execPath,
    args: [join(apps, name, 'dist', 'main.js')],
    guard,
    onLine: (line) => void lines.push(line),
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: new URL(urls[name]).port,
      REDIS_URL: redis.url,
      APP_SECRET: appSecret,
      VERIFY_TOKEN: 'verify-token-of-these-apps',
      PAGE_ACCESS_TOKEN: page.accessToken,
      GRAPH_API_URL: emulator.url,
    },
  });
}

beforeAll(async () => {
  guard = createGuard();
  redis = await startRedis({ guard });
  urls.webhook = `http://127.0.0.1:${await freePort()}`;
  urls.worker = `http://127.0.0.1:${await freePort()}`;
  meta = createMeta(`${urls.webhook}/webhook`, appSecret);
  emulator = await createEmulator({
    webhookUrl: `${urls.webhook}/webhook`,
    appSecret,
    verifyToken: 'verify-token-of-these-apps',
    pages: [page],
    people: [{ psid: '24000000000000001', name: 'Lan', pageId: page.id }],
  });
  await redis.kill('SIGTERM');
});

afterAll(async () => {
  await emulator.close();
  await redis.close();
  await guard.close();
});

const status = async (url: string): Promise<number> =>
  fetch(url).then(
    (answer) => answer.status,
    () => 0,
  );

/** Posts until one is taken; answers what the others came to, and how long it was since `begun`. */
async function untilTaken(begun: number): Promise<{ refused: Posted[]; afterMs: number }> {
  const refused: Posted[] = [];
  for (;;) {
    const posted = await meta.post();
    if (posted.status === 200) return { refused, afterMs: performance.now() - begun };
    if (performance.now() - begun > 20_000) throw new Error('Nothing was taken within 20 s.');
    refused.push(posted);
  }
}

/** The whole path works: somebody writes in the local Messenger and is answered. */
async function hearAnAnswer(): Promise<void> {
  const answers = countAnswers(emulator);
  const before = answers.count;
  emulator.say('24000000000000001', 'lời 0');
  await answers.wait(before + 1, AbortSignal.timeout(5_000));
}

const refusedAtOnce = { status: 503, retryAfter: '1', tookMs: expect.any(Number) as number };

// One after the other: each goes on from where the one before ended.
describe('the apps', () => {
  it('start before Redis, refuse meanwhile and say why', async () => {
    running.push(...(await Promise.all([startApp('webhook'), startApp('worker')])));
    const isUp = async (): Promise<boolean> =>
      (await Promise.all(Object.values(urls).map((url) => status(`${url}/livez`)))).every(
        (each) => each === 200,
      );
    expect(await poll(isUp, { timeoutMs: 20_000, everyMs: 50 })).toBe(true);
    for (const url of Object.values(urls)) {
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({
        status: 'unavailable',
        reason: expect.stringContaining('Redis is'),
      });
    }
    const posted = await meta.post();
    expect(posted).toEqual(refusedAtOnce);
    expect(posted.tookMs).toBeLessThan(1_000);
  });

  it('work within 2 s of the first start of Redis', async () => {
    await redis.restart();
    const { refused, afterMs } = await untilTaken(performance.now());
    expect(afterMs).toBeLessThan(2_000);
    for (const posted of refused) expect(posted).toEqual(refusedAtOnce);
    await hearAnAnswer();
  });

  it('refuse within 1 s when Redis stops, and are back within 2 s of its return', async () => {
    await redis.kill('SIGKILL');
    for (let count = 0; count < 20; count += 1) {
      const posted = await meta.post();
      expect(posted).toEqual(refusedAtOnce);
      expect(posted.tookMs).toBeLessThan(1_000);
    }
    await redis.restart();
    const { afterMs } = await untilTaken(performance.now());
    expect(afterMs).toBeLessThan(2_000);
    await hearAnAnswer();
    for (const url of Object.values(urls)) expect(await status(`${url}/readyz`)).toBe(200);
    expect(lines.join('\n')).not.toMatch(/lời \d|tea-token|24000000000000001/);
  });

  it('end at SIGTERM also while Redis is away, within 20 s, and complain with moderation', async () => {
    lines.length = 0;
    await redis.kill('SIGKILL');
    const begun = performance.now();
    const ends = await Promise.all(running.map((child) => child.stop(30_000)));
    expect(performance.now() - begun).toBeLessThan(22_000);
    expect(ends.map(({ signal }) => signal)).toEqual([null, null]);
    const complaints = lines.filter((line) => line.includes('"msg":"Redis connection failed"'));
    expect(complaints.length).toBeLessThan(10);
    await redis.restart();
  });
});
