import { startRedis, type RedisServer } from '@bot/dev';
import { createGraphClient, TransportError } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeTransport } from '@bot/graph-client/testing';
import { createManualClock, type ManualClock } from '@bot/queue/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ListedPage } from './page-book.ts';
import { createPageRecords, type PageRecords } from './page-records.ts';
import type { PageTrouble } from './page-trouble.ts';
import { createPageWatch, type PageWatch } from './page-watch.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS: number = 60 * MINUTE_MS;
export const fields: string[] = ['messages', 'messaging_postbacks'];

/** What Graph knows. */
interface Graph {
  readonly tokens: Record<string, string>;
  readonly subscribed: Record<string, string[]>;
  takesSubscriptions: boolean;
  /** Nobody answers for it while it does not. */
  isThere: boolean;
}

/** Two Pages, a Graph, a Redis, and what watches tell. New for each test. */
class WatchScene {
  redis!: Redis;
  records!: PageRecords;
  clock!: ManualClock;
  graph!: Graph;
  transport!: FakeTransport;
  listed!: ListedPage[];
  told!: string[];
  /** For as long as this is open, what Graph says to `old-token` is on its way. */
  held: Promise<void> | undefined;
  readonly watches: PageWatch[] = [];

  reset(): void {
    this.records = createPageRecords(this.redis);
    this.clock = createManualClock(1_700_000_000_000);
    this.graph = {
      tokens: { 'tea-token': '100', 'coffee-token': '200' },
      subscribed: { '100': fields, '200': fields },
      takesSubscriptions: true,
      isThere: true,
    };
    this.transport = transportTo(this.graph);
    this.listed = [
      { pageId: '100', settings: { accessToken: 'tea-token' } },
      { pageId: '200', settings: { accessToken: 'coffee-token' } },
    ];
    this.told = [];
    this.held = undefined;
  }

  readonly start = (): PageWatch => {
    const tell =
      (what: string) =>
      (pageId = '', more: unknown = ''): void => {
        this.told.push([what, pageId, shortly(more)].join(' ').trim());
      };
    const watch = createPageWatch({
      pages: {
        get: (id) => this.listed.find(({ pageId = id }) => pageId === id)?.settings,
        list: () => this.listed,
        close: () => {},
      },
      records: this.records,
      graphOf: ({ settings: { accessToken } }) =>
        createGraphClient({ accessToken, transport: this.#heldBack(accessToken), pipeline: [] }),
      fields,
      listener: {
        parked: tell('parked'),
        resumed: tell('resumed'),
        settled: () => {},
        unsubscribed: tell('unsubscribed'),
        repaired: tell('repaired'),
        silent: tell('silent'),
        heardAgain: tell('heard again'),
        unreadable: tell('unreadable'),
        failed: tell('failed'),
      },
      clock: this.clock,
    });
    this.watches.push(watch);
    return watch;
  };

  /** Lets time pass; what was claimed is free again, as Redis does by its own clock. */
  readonly pass = async (ms: number): Promise<void> => {
    await this.clock.advance(ms);
    const claims = await this.redis.keys('bot:pages:claim:*');
    if (claims.length > 0) await this.redis.del(...claims);
  };

  /** Lets time pass, a look at a time, until the watch has come to it. */
  readonly until = <Value>(read: () => Value | Promise<Value>, expected: unknown): Promise<void> =>
    untilEqual(async () => {
      await this.clock.advance(1_000);
      return read();
    }, expected);

  readonly checks = (): number =>
    this.transport.requests.filter(({ path }) => path.endsWith('/me')).length;

  readonly lastChecks = async (): Promise<(number | undefined)[]> =>
    (await this.records.list()).map(({ checkedAt }) => checkedAt);

  /** Sets a Page up anew; once it is checked the watch has looked at all of them. */
  readonly setUpAnew = async (pageId: string): Promise<void> => {
    const before = this.checks();
    await this.pass(0);
    this.listed = this.listed.map((page) =>
      page.pageId === pageId ? { pageId, settings: { ...page.settings } } : page,
    );
    await this.until(this.checks, before + 1);
  };

  #heldBack(accessToken: string): FakeTransport {
    const { transport } = this;
    return {
      ...transport,
      request: async (request) => {
        const answer = await transport.request(request);
        if (accessToken === 'old-token') await this.held;
        return answer;
      },
    };
  }
}

/** The scene of a file of tests, with a Redis of its own. */
export function useWatchScene(): WatchScene {
  const scene = new WatchScene();
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
    scene.redis = new Redis(server.url);
  });
  afterAll(async () => {
    scene.redis.disconnect();
    await server.close();
  });
  beforeEach(async () => {
    await scene.redis.flushall();
    scene.reset();
  });
  afterEach(async () => {
    for (const watch of scene.watches.splice(0)) await watch.close();
  });
  return scene;
}

async function untilEqual(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(read).toEqual(expected);
}

function transportTo(graph: Graph): FakeTransport {
  return createFakeTransport({
    otherwise({ method, path, query, headers }) {
      if (!graph.isThere) return refused;
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
}

/** What a closed port answers. */
const refused = new TransportError('connect', 'connect ECONNREFUSED', {
  outcome: 'not-executed',
  code: 'ECONNREFUSED',
});

function shortly(more: unknown): string {
  if (more instanceof Error) return more.message;
  if (Array.isArray(more)) return more.join();
  return typeof more === 'object' ? (more as PageTrouble).kind : `${more as string | number}`;
}
