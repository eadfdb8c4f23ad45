import { startPostgres, startRedis, type PostgresServer, type RedisServer } from '@bot/dev';
import { systemClock } from '@bot/queue';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type HistoryDatabase } from './database.ts';
import { createHistory } from './history.ts';
import { stream } from './history.test-setup.ts';
import type { HistoryObserver } from './observer.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createHistoryWriter, type HistoryWriter } from './writer.ts';

let server: RedisServer;
let redis: Redis;
let postgres: PostgresServer;
let recorder: Recorder;
const open: { close(): Promise<void> }[] = [];
const told: string[] = [];
const observer: HistoryObserver = {
  away: ({ kind, message }) => void told.push(`away: ${kind} ${message}`),
  back: () => void told.push('back'),
  lost: (count) => void told.push(`lost ${count}`),
};

beforeAll(async () => {
  [server, postgres] = await Promise.all([
    startRedis({ appendonly: 'no' }),
    startPostgres({ settings: ['fsync=off'] }),
  ]);
  redis = new Redis(server.url);
  recorder = createRecorder({ redis, clock: systemClock, observer });
});

afterAll(async () => {
  for (const each of open.toReversed()) await each.close();
  redis.disconnect();
  await Promise.all([postgres.close(), server.close()]);
});

function start(batchRecords = 50): { database: HistoryDatabase; writer: HistoryWriter } {
  const database = openDatabase({ url: postgres.url });
  const writer = createHistoryWriter({
    redis,
    database,
    batchRecords,
    pollMs: 10,
    clock: systemClock,
    observer,
  });
  open.push(database, writer);
  return { database, writer };
}

async function turn(number: number): Promise<void> {
  const psid = String(number % 7);
  const event = { type: 'text', id: `e${number}`, pageId: '10', psid, timestamp: Date.now() };
  await recorder.turn(
    event,
    async (name, effect) => effect({ id: name }),
    ({ step }) => step('reply-1', async () => ({ messageId: `m${number}` }), { text: 'Dạ' }),
  );
}

const keysIn = async (database: HistoryDatabase): Promise<string[]> =>
  (await database.rows<{ key: string }>(sql`select key from bot_history.messages`))
    .map(({ key }) => key)
    .toSorted();

describe('a database that is killed again and again under load', () => {
  it('holds up no turn, and has every row once in the end', async () => {
    const { database } = start();
    // A second process writes the same streams.
    start();
    const over = new AbortController();
    let count = 0;
    const load = (async () => {
      while (!over.signal.aborted) {
        await Promise.all(Array.from({ length: 20 }, async () => turn((count += 1))));
        // 2,000 a second at the most, which are 4,000 rows.
        await systemClock.wait(10, over.signal);
      }
    })();
    for (const signal of ['SIGQUIT', 'SIGINT', 'SIGQUIT'] as const) {
      await expect.poll(() => redis.xlen(stream), { timeout: 20_000 }).toBeLessThan(1_000);
      await postgres.kill(signal);
      // Turns go on while nothing can be written.
      const before = count;
      await expect.poll(() => count, { timeout: 10_000 }).toBeGreaterThan(before + 200);
      await postgres.restart();
    }
    over.abort();
    await load;
    await expect.poll(() => redis.xlen(stream), { timeout: 30_000 }).toBe(0);
    const wanted = Array.from({ length: count }, (_, index) => `e${index + 1}`);
    const keys = await keysIn(database);
    expect(keys).toEqual([...wanted, ...wanted.map((id) => `${id}/reply-1`)].toSorted());
    expect(told.filter((line) => line.startsWith('lost'))).toEqual([]);
    expect(told[0]).toMatch(/^away: away The database of the history cannot be used/);
    expect(told.filter((line) => line === 'back').length).toBeGreaterThan(0);
  }, 120_000);

  it('answers whoever reads that nobody can tell, and soon', async () => {
    const { database } = start();
    await database.migrate();
    const history = createHistory({ database, clock: systemClock });
    await postgres.kill('SIGQUIT');
    const begun = performance.now();
    const answer = await history.conversation({ pageId: '10', psid: '1' }).last(5);
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - begun).toBeLessThan(1_500);
    await postgres.restart();
    await expect
      .poll(() => history.conversation({ pageId: '10', psid: '1' }).last(5), { timeout: 10_000 })
      .toMatchObject({ kind: 'found' });
  });
});

it('a database whose connections die while a transaction begins can be closed', async () => {
  const [database, other] = [
    openDatabase({ url: postgres.url }),
    openDatabase({ url: postgres.url }),
  ];
  open.push(other);
  for (let round = 0; round < 20; round += 1) {
    const [own] = await database.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await other.rows(sql`select pg_terminate_backend(${own?.pid})`);
    // Whether it begins on the connection that dies, or on a new one, is a matter of luck.
    await database.transaction(async () => {}).catch(() => {});
  }
  await expect(database.close()).resolves.toBeUndefined();
});
