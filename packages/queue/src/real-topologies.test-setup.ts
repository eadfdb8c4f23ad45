import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisServer } from '@bot/dev';
import { afterEach, expect, vi } from 'vitest';
import type { QueueEvent } from './events.ts';
import { shardOf } from './keys.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './redis-queue.ts';
import { createWorker } from './redis-worker.ts';
import { connectRedis, type RedisConnection } from './redis.ts';
import { backoff } from './retry.ts';

/** Where a queue is tried. */
interface Place {
  readonly url: string;
  readonly certificate: string | undefined;
  /** Default 0. */
  readonly replicas?: number;
}

export const SHARDS = 4;
const LANES = Array.from({ length: 100 }, (_, index) => `lane-${index}`);
const PASSWORD = 'p@ss,w/rd %#';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

export function connect({ url, certificate }: Place, role: 'producer' | 'worker'): RedisConnection {
  const tls = certificate === undefined ? {} : { tls: { ca: certificate } };
  const redis = connectRedis({ url, role, ...tls });
  opened.push(() => redis.disconnect());
  return redis;
}

export async function ready(redis: RedisConnection): Promise<RedisConnection> {
  if (redis.status !== 'ready') await new Promise<void>((done) => redis.once('ready', done));
  return redis;
}

/** A producer and a worker on connections of their own, and what was handled, by lane. */
async function queueAt(place: Place): Promise<{
  queue: Queue;
  handled: ReadonlyMap<string, readonly string[]>;
  confirmed: ReadonlySet<unknown>;
  /** Resolves once so many events were handled. */
  count: (events: number) => Promise<void>;
}> {
  const handled = new Map<string, string[]>();
  const confirmed = new Set<unknown>();
  const waiting: { events: number; resolve: () => void }[] = [];
  let total = 0;
  const { replicas = 0 } = place;
  const producer = await ready(connect(place, 'producer'));
  const queue = createQueue({ redis: producer, shards: SHARDS, replicas });
  const worker = createWorker({
    redis: connect(place, 'worker'),
    shards: SHARDS,
    replicas,
    retry: backoff({ firstDelayMs: 1, random: () => 0 }),
    steps: { confirmWithinMs: 20_000, otherwise: 'give-up' },
    handle: async ({ id, lane }, { step }) => {
      const result = await step('greet', async ({ id: stepId }) => {
        if (!id.endsWith('/0')) return undefined;
        // The answer is lost, but somebody saw the effect.
        await queue.confirmStep({ lane, stepId, result: `seen ${id}` });
        throw new Error('no answer');
      });
      if (result !== undefined) confirmed.add(result);
      handled.set(lane, [...(handled.get(lane) ?? []), id]);
      total += 1;
      for (const { events, resolve } of waiting) if (total >= events) resolve();
    },
  });
  opened.push(
    () => queue.close(),
    () => worker.close(),
  );
  const count = (events: number): Promise<void> =>
    new Promise((resolve) => {
      if (total >= events) resolve();
      else waiting.push({ events, resolve });
    });
  return { queue, handled, confirmed, count };
}

const round = (number: number): QueueEvent[] =>
  LANES.map((lane) => ({ id: `${lane}/${number}`, lane, timestamp: 1_000 + number, data: {} }));

/** What should have been handled after so many rounds. */
export const inOrder = (length: number): Map<string, string[]> =>
  new Map(LANES.map((lane) => [lane, Array.from({ length }, (_, number) => `${lane}/${number}`)]));

/** 1,000 events, and what became of them. */
export async function handleTenRounds(place: Place): Promise<object> {
  const { queue, handled, confirmed, count } = await queueAt(place);
  for (let number = 0; number < 10; number += 1) await queue.add(round(number));
  await count(1_000);
  const { deadLetters } = await vi.waitFor(async () => {
    const figures = await queue.figures();
    expect(figures.waitingLanes).toBe(0);
    return figures;
  });
  return { handled, confirmed, deadLetters };
}

export const tenRounds: object = {
  handled: inOrder(10),
  confirmed: new Set(LANES.map((lane) => `seen ${lane}/0`)),
  deadLetters: 0,
};

/** Waits until the replica of a primary has all that was written so far. */
async function replicated(primary: RedisServer): Promise<void> {
  const redis = connect(primary, 'worker');
  await redis.set('{bot:0}:mark', 'x');
  expect(await redis.wait(1, 5_000)).toBe(1);
}

/** Kills the primary of shard 0 between rounds of events. */
export async function failOver(
  place: Place,
  primaryOfShard0: () => Promise<RedisServer>,
): Promise<{ refusal: unknown; longestMs: number; handled: ReadonlyMap<string, unknown> }> {
  const { queue, handled, count } = await queueAt(place);
  await queue.add(round(0));
  await count(100);
  const primary = await primaryOfShard0();
  await replicated(primary);

  /** Accepted or refused, nobody waits for longer than this. */
  let longestMs = 0;
  async function add(events: readonly QueueEvent[]): Promise<void> {
    const start = performance.now();
    try {
      await queue.add(events);
    } finally {
      longestMs = Math.max(longestMs, performance.now() - start);
    }
  }
  await primary.kill('SIGKILL');
  const lane = LANES.find((each) => shardOf(each, SHARDS) === 0) ?? '';
  const refusal: unknown = await add([{ id: 'x', lane, timestamp: 1_001, data: {} }]).catch(
    (error: unknown) => error,
  );
  await vi.waitFor(() => add(round(1)), { timeout: 15_000, interval: 100 });
  await add(round(2));
  await count(300);
  expect(await primaryOfShard0()).not.toBe(primary);
  return { refusal, longestMs, handled };
}

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

/** The README's line about a user's rights. */
export function aclLine(user: 'bot' | 'watch'): string {
  return new RegExp(`^ACL SETUSER ${user} .*$`, 'm').exec(readme)?.[0] ?? '';
}

/** Makes a user with the rights of the README and no others. */
export async function allow(user: 'bot' | 'watch', servers: readonly RedisServer[]): Promise<void> {
  const [command = '', ...words] = aclLine(user).split(' ');
  const rules = words.map((word) => word.replace('PASSWORD', PASSWORD));
  for (const server of servers) await connect(server, 'worker').call(command, ...rules);
}

/** The address with those users in place of the user `default`. */
export function asUsers(url: string): string {
  const password = encodeURIComponent(PASSWORD);
  return url
    .replaceAll(/\/\/:\w+@/g, `//bot:${password}@`)
    .replace(/\?.*/, `?sentinelUsername=watch&sentinelPassword=${password}`);
}

/** What was asked for without the right to it. */
export async function refusals(server: RedisServer): Promise<string[]> {
  const entries = (await connect(server, 'worker').call('ACL', 'LOG')) as string[][];
  return entries.map((entry) => entry[entry.indexOf('object') + 1] ?? '');
}
