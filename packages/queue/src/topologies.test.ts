import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startRedis,
  startRedisCluster,
  startRedisSentinel,
  type RedisCluster,
  type RedisSentinel,
  type RedisServer,
} from '@bot/dev';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from './errors.ts';
import { inspectRedis } from './fitness.ts';
import {
  aclLine,
  allow,
  asUsers,
  connect,
  failOver,
  handleTenRounds,
  inOrder,
  ready,
  refusals,
  SHARDS,
  tenRounds,
} from './real-topologies.test-setup.ts';
import { createQueue } from './redis-queue.ts';
import { createWorker } from './redis-worker.ts';
import { connectRedis } from './redis.ts';

describe('one Redis', () => {
  let server: RedisServer;
  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.close());

  it('keeps order and confirms steps', async () => {
    expect(await handleTenRounds(server)).toEqual(tenRounds);
  });

  it('is looked for again when it turns out to be a replica', async () => {
    const worker = await ready(connect(server, 'worker'));
    const producer = await ready(connect(server, 'producer'));
    const waits = new Promise((done) => worker.once('reconnecting', done));
    await worker.replicaof('127.0.0.1', 1);
    await expect(producer.set('{bot:0}:mark', 'x')).rejects.toThrow('READONLY');
    const written = worker.set('{bot:0}:mark', 'y');
    await waits;
    const admin = await ready(connect(server, 'worker'));
    await admin.replicaof('NO', 'ONE');
    expect(await written).toBe('OK');
  });
});

describe('a Redis with TLS and a user of few rights', () => {
  let server: RedisServer;
  beforeAll(async () => void (server = await startRedis({ tls: true })));
  afterAll(() => server.close());

  it('keeps order and confirms steps, and needs no right more', async () => {
    await allow('bot', [server]);
    expect(
      await handleTenRounds({ url: asUsers(server.url), certificate: server.certificate }),
    ).toEqual(tenRounds);
    expect(await refusals(server)).toEqual([]);
  });

  it('has no right too many: neither foreign keys nor what rules the server', async () => {
    await allow('bot', [server]);
    const { certificate } = server;
    const bot = connect({ url: asUsers(server.url), certificate }, 'worker');
    await expect(bot.get('{other:0}:lane:ann')).rejects.toThrow('NOPERM');
    await expect(bot.flushall()).rejects.toThrow('NOPERM');
    await expect(bot.config('GET', 'requirepass')).rejects.toThrow('NOPERM');
    expect(await inspectRedis(bot)).toEqual([]);
  });

  it('allows what every script of ours calls', () => {
    const folder = join(import.meta.dirname, 'lua');
    const lua = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const called = lua.flatMap((text) =>
      [...text.matchAll(/redis\.call\('(\w+)'/g)].map(([, command = '']) => command.toLowerCase()),
    );
    const allowed = aclLine('bot').split(' ');
    expect(called).toContain('hset');
    expect(called.filter((command) => !allowed.includes(`+${command}`))).toEqual([]);
  });

  it('is refused when nobody vouches for its certificate', async () => {
    const { promise, resolve } = Promise.withResolvers<Error>();
    const redis = connectRedis({ url: server.url, role: 'worker', onError: resolve });
    expect((await promise).message).toContain('self-signed certificate');
    redis.disconnect();
  });
});

describe('a Cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => void (cluster = await startRedisCluster()));
  afterAll(() => cluster.close());

  it('keeps order and confirms steps, for a user of few rights', async () => {
    await allow('bot', cluster.nodes);
    expect(await handleTenRounds({ url: asUsers(cluster.url), certificate: undefined })).toEqual(
      tenRounds,
    );
    for (const node of cluster.nodes) expect(await refusals(node)).toEqual([]);
    const homes = Array.from({ length: SHARDS }, (_, shard) => cluster.primaryOf(`{bot:${shard}}`));
    expect(new Set(await Promise.all(homes)).size).toBeGreaterThan(1);
  });

  it('is looked at node by node', async () => {
    const redis = await ready(connect(cluster, 'worker'));
    const [, , third] = cluster.nodes;
    const direct = connect({ url: third?.url ?? '', certificate: undefined }, 'worker');
    expect(await inspectRedis(redis)).toEqual([]);
    await direct.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await inspectRedis(redis)).toMatchObject([{ kind: 'refused' }]);
    await direct.config('SET', 'maxmemory-policy', 'noeviction');
  });
});

describe('a Cluster with replicas and TLS', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ replicasPerPrimary: 1, tls: true });
  });
  afterAll(() => cluster.close());

  it('keeps what was accepted with `replicas`, though the primary dies at once', async () => {
    const where = { prefix: 'kept', replicas: 1 };
    const primary = await cluster.primaryOf('{kept:0}');
    const replica = cluster.nodes[cluster.nodes.indexOf(primary) + 3];
    if (!replica) throw new Error('The primary has no replica.');
    const queue = createQueue({ redis: await ready(connect(cluster, 'producer')), ...where });
    const event = { id: 'm1', lane: 'ann', timestamp: 1_000, data: {} };
    process.kill(replica.pid, 'SIGSTOP');
    await expect(queue.add(event)).rejects.toThrow('0 of 1 replicas have it');
    process.kill(replica.pid, 'SIGCONT');
    expect(await queue.add(event)).toBe('duplicate');
    await primary.kill('SIGKILL');
    await vi.waitFor(async () => expect(await queue.lane('ann')).toMatchObject({ events: 1 }), {
      timeout: 15_000,
      interval: 100,
    });

    // As the replica of what was its own.
    await primary.restart();
    const handled = Promise.withResolvers<unknown>();
    const worker = createWorker({
      redis: connect(cluster, 'worker'),
      ...where,
      handle: async ({ id }, { step }) => handled.resolve(await step('greet', async () => id)),
    });
    expect(await handled.promise).toBe('m1');
    await worker.close();
    await queue.close();
  });

  it('refuses while a primary is gone, and goes on with its replica', async () => {
    const { refusal, longestMs, handled } = await failOver(cluster, () =>
      cluster.primaryOf('{bot:0}'),
    );
    expect(refusal).toBeInstanceOf(UnavailableError);
    expect(longestMs).toBeLessThan(1_000);
    expect(handled).toEqual(inOrder(3));
  });
});

describe('a primary with Sentinels', () => {
  let sentinel: RedisSentinel;
  beforeAll(async () => void (sentinel = await startRedisSentinel()));
  afterAll(() => sentinel.close());

  it('keeps order and confirms steps on the replica too, for a user of few rights', async () => {
    await allow('bot', sentinel.nodes);
    await allow('watch', sentinel.sentinels);
    const place = { url: asUsers(sentinel.url), certificate: undefined, replicas: 1 };
    expect(await handleTenRounds(place)).toEqual(tenRounds);
    for (const node of [...sentinel.nodes, ...sentinel.sentinels]) {
      expect(await refusals(node)).toEqual([]);
    }
  });

  it('is looked at itself', async () => {
    expect(await inspectRedis(connect(sentinel, 'worker'))).toEqual([]);
  });
});

describe('a primary with Sentinels and TLS', () => {
  let sentinel: RedisSentinel;
  beforeAll(async () => void (sentinel = await startRedisSentinel({ tls: true })));
  afterAll(() => sentinel.close());

  it('refuses while the primary is gone, and goes on with its replica', async () => {
    const { refusal, longestMs, handled } = await failOver(sentinel, () => sentinel.primary());
    expect(refusal).toBeInstanceOf(UnavailableError);
    expect(longestMs).toBeLessThan(1_000);
    expect(handled).toEqual(inOrder(3));
  });
});
