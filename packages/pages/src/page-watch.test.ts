import { startRedis, type RedisServer } from '@bot/dev';
import { createGraphClient } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeTransport } from '@bot/graph-client/testing';
import { createManualClock, type ManualClock } from '@bot/queue/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ListedPage } from './page-book.ts';
import { createPageRecords, type PageRecords } from './page-records.ts';
import type { PageTrouble } from './page-trouble.ts';
import { createPageWatch, type PageWatch } from './page-watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const fields = ['messages', 'messaging_postbacks'];

let server: RedisServer;
let redis: Redis;
let clock: ManualClock;
let records: PageRecords;
/** What Graph knows. */
let graph: {
  tokens: Record<string, string>;
  subscribed: Record<string, string[]>;
  takesSubscriptions: boolean;
};
let transport: FakeTransport;
let listed: ListedPage[];
let told: string[];
const watches: PageWatch[] = [];

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

beforeEach(async () => {
  await redis.flushall();
  clock = createManualClock(1_700_000_000_000);
  records = createPageRecords(redis);
  graph = {
    tokens: { 'tea-token': '100', 'coffee-token': '200' },
    subscribed: { '100': fields, '200': fields },
    takesSubscriptions: true,
  };
  listed = [
    { pageId: '100', settings: { accessToken: 'tea-token' } },
    { pageId: '200', settings: { accessToken: 'coffee-token' } },
  ];
  told = [];
  transport = createFakeTransport({
    otherwise({ method, path, query, headers }) {
      const pageId = graph.tokens[headers['authorization']?.slice('Bearer '.length) ?? ''];
      if (pageId === undefined) return graphError(190, 460);
      if (path.endsWith('/me')) return { body: { id: pageId, name: `Page ${pageId}` } };
      if (method === 'GET') {
        return { body: { data: [{ id: '1', subscribed_fields: graph.subscribed[pageId] }] } };
      }
      if (!graph.takesSubscriptions) return graphError(200);
      graph.subscribed[pageId] = query['subscribed_fields']?.split(',') ?? [];
      return { body: { success: true } };
    },
  });
});

afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.close();
});

function shortly(more: unknown): string {
  if (more instanceof Error) return more.message;
  if (Array.isArray(more)) return more.join();
  return typeof more === 'object' ? (more as PageTrouble).kind : `${more as string | number}`;
}

function start(): PageWatch {
  const tell =
    (what: string) =>
    (pageId = '', more: unknown = ''): void => {
      told.push([what, pageId, shortly(more)].join(' ').trim());
    };
  const watch = createPageWatch({
    pages: {
      get: (pageId) => listed.find((page) => page.pageId === pageId)?.settings,
      list: () => listed,
      close: () => {},
    },
    records,
    graphOf: ({ settings }) =>
      createGraphClient({ accessToken: settings.accessToken, transport, pipeline: [] }),
    fields,
    listener: {
      parked: tell('parked'),
      resumed: tell('resumed'),
      settled: () => {},
      unsubscribed: tell('unsubscribed'),
      repaired: tell('repaired'),
      silent: tell('silent'),
      heardAgain: tell('heard again'),
      failed: tell('failed'),
    },
    clock,
  });
  watches.push(watch);
  return watch;
}

/** Lets time pass; what was claimed is free again, as Redis does by its own clock. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  const claims = await redis.keys('bot:pages:claim:*');
  if (claims.length > 0) await redis.del(...claims);
}

/** Lets time pass, a look at a time, until the watch has come to it. */
async function until<Value>(read: () => Value | Promise<Value>, expected: unknown): Promise<void> {
  await expect
    .poll(async () => {
      await clock.advance(1_000);
      return read();
    })
    .toEqual(expected);
}

const checks = (): number => transport.requests.filter(({ path }) => path.endsWith('/me')).length;
const lastChecks = async (): Promise<(number | undefined)[]> =>
  (await records.list()).map(({ checkedAt }) => checkedAt);

describe('the watch', () => {
  it('checks each Page at once and hourly, one of several workers for all', async () => {
    const [watch] = [start(), start(), start()];
    await until(async () => (await lastChecks()).length, 2);
    await until(
      () => watch.read(),
      [
        { pageId: '100', name: 'Page 100', checkedAt: expect.any(Number), missingFields: [] },
        { pageId: '200', name: 'Page 200', checkedAt: expect.any(Number), missingFields: [] },
      ],
    );
    expect(checks()).toBe(2);
    await pass(HOUR_MS);
    await until(checks, 4);
    expect(told).toEqual([]);
  });

  it('parks a Page with a dead token, looks each minute, and resumes it when it is mended', async () => {
    delete graph.tokens['coffee-token'];
    const watch = start();
    await until(() => told, ['parked 200 token-dead']);
    await until(() => watch.read()[1]?.trouble, {
      kind: 'token-dead',
      since: expect.any(Number),
      reason: expect.stringContaining('code 190'),
      remedy: expect.stringMatching(/^Make a new token/),
    });
    expect(JSON.stringify(await redis.hgetall('bot:pages:troubles'))).not.toContain('coffee-token');
    const before = checks();
    await pass(MINUTE_MS);
    await until(checks, before + 1);
    graph.tokens['coffee-token'] = '200';
    await pass(MINUTE_MS);
    await until(() => told, ['parked 200 token-dead', 'resumed 200']);
    expect(watch.read().map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
  });

  it('checks a Page whose settings change without waiting for the minute', async () => {
    delete graph.tokens['coffee-token'];
    const watch = start();
    await until(() => told, ['parked 200 token-dead']);
    graph.tokens['new-token'] = '200';
    listed = listed.with(1, { pageId: '200', settings: { accessToken: 'new-token' } });
    const changedAt = clock.now();
    watch.look();
    await expect.poll(() => told).toEqual(['parked 200 token-dead', 'resumed 200']);
    expect(clock.now()).toBe(changedAt);
  });

  it('calls a token of another Page what it is', async () => {
    listed = [{ pageId: '300', settings: { accessToken: 'tea-token' } }];
    const watch = start();
    await until(() => told, ['parked 300 configuration']);
    expect(watch.read()[0]?.trouble?.reason).toBe(
      'The token listed for Page 300 is one of Page 100.',
    );
  });

  it('learns from Graph which Page a single token is of', async () => {
    listed = [{ settings: { accessToken: 'tea-token' } }];
    const both = [start(), start()];
    for (const watch of both) {
      await until(() => watch.read().map(({ pageId }) => pageId), ['100']);
    }
    expect(told).toEqual([]);
  });
});

describe('what sends show', () => {
  const throttled = Object.assign(new Error('(#80006) Too many calls'), {
    kind: 'throttled',
    scope: 'page',
  });

  it('parks a Page once, however many fail, and resumes it by what is sent again', async () => {
    const watch = start();
    await until(async () => (await lastChecks()).length, 2);
    for (let count = 0; count < 50; count += 1) watch.failed('100', throttled);
    watch.failed(
      '200',
      Object.assign(new Error('gone'), { kind: 'recipient-gone', scope: 'recipient' }),
    );
    await until(() => told, ['parked 100 throttled']);
    await clock.advance(6_000);
    for (let count = 0; count < 50; count += 1) watch.sent('100');
    await until(() => told.length, 2);
    expect(told).toEqual(['parked 100 throttled', 'resumed 100']);
  });

  it('tells every worker that a trouble is over, so that it forgets it', async () => {
    const [one, other] = [start(), start()];
    one.failed('100', throttled);
    await until(() => other.read()[0]?.trouble?.kind, 'throttled');
    await pass(2 * MINUTE_MS);
    await until(() => other.read()[0]?.trouble, undefined);
    expect(told).toEqual(['parked 100 throttled', 'resumed 100']);
  });

  it('keeps a restricted Page parked until a message goes out: its token says nothing of it', async () => {
    const watch = start();
    const restricted = { kind: 'page-restricted', scope: 'page' };
    watch.failed('100', Object.assign(new Error('restricted'), restricted));
    await until(() => told, ['parked 100 page-restricted']);
    const before = checks();
    await pass(3 * MINUTE_MS);
    await until(() => checks() > before, true);
    expect(told).toHaveLength(1);
    watch.sent('100');
    await until(() => told.at(-1), 'resumed 100');
  });
});

describe('subscriptions', () => {
  it('are repaired when Meta has ended them', async () => {
    graph.subscribed['100'] = ['messages', 'message_reads'];
    start();
    await until(() => told, ['repaired 100 messaging_postbacks']);
    expect(graph.subscribed['100']).toEqual(['messages', 'message_reads', 'messaging_postbacks']);
  });

  it('that cannot be repaired are told of, and known', async () => {
    graph.subscribed['200'] = [];
    graph.takesSubscriptions = false;
    const watch = start();
    await until(() => watch.read()[1]?.missingFields, fields);
    expect(told).toEqual([
      `unsubscribed 200 ${fields.join()}`,
      expect.stringMatching(/^failed 200 .*code 200/),
    ]);
    expect(watch.read()[1]?.trouble).toBeUndefined();
  });
});

describe('silence', () => {
  it('of a Page that used to talk is told once, and its end too', async () => {
    const hour = Math.floor(clock.now() / HOUR_MS);
    for (let back = 14 * 24; back > 0; back -= 1) {
      await records.noteHeard('100', (hour - back) * HOUR_MS, hour - back);
    }
    const [watch] = [start(), start()];
    await until(async () => (await lastChecks()).length, 2);
    expect(told).toEqual([]);
    await clock.advance(5 * HOUR_MS);
    await until(() => told, [`silent 100 ${hour * HOUR_MS}`]);
    await until(() => watch.read()[0]?.silentSince, hour * HOUR_MS);
    watch.heard('100');
    await until(() => told.slice(1), ['heard again 100']);
  });
});
