import type { RedisServer } from '@bot/dev';
import { vi } from 'vitest';
import type { QueueEvent } from '../events.ts';
import type { Queue } from '../queue.ts';
import { createQueue } from '../redis-queue.ts';
import { createWorker } from '../redis-worker.ts';
import { connectRedis } from '../redis.ts';
import type { ShardChange } from '../shards.ts';
import type { Worker } from '../worker.ts';

const LANES = 24;
/** Short enough to see a move to its end, and longer than anything is delivered again here. */
export const SEEN_MS = 3_000;

/** Producers and workers on one Redis, each restarted alone, and what they did. */
export class Fleet {
  readonly #server: RedisServer;
  readonly #queues: Queue[] = [];
  readonly #workers: Worker[] = [];
  readonly #connections: { disconnect(): void }[] = [];
  readonly #running = new Set<string>();
  readonly #awaited = new Map<string, { id: string; resolve: () => void }>();
  readonly #failed = new Set<string>();
  readonly accepted: Map<string, string[]> = new Map();
  readonly handled: Map<string, string[]> = new Map();
  readonly timers = { set: [] as string[], rang: [] as string[] };
  readonly wrong: string[] = [];
  count = 0;
  #producing: Promise<void>[] = [];
  #stopped = false;

  constructor(server: RedisServer) {
    this.#server = server;
  }

  #connect(role: 'producer' | 'worker') {
    const redis = connectRedis({ url: this.#server.url, role });
    this.#connections.push(redis);
    return redis;
  }

  async restartProducer(index: number, shards: number | ShardChange): Promise<void> {
    const redis = this.#connect('producer');
    await new Promise((ready) => redis.once('ready', ready));
    const before = this.#queues[index];
    this.#queues[index] = createQueue({ redis, shards, seenMs: SEEN_MS });
    await before?.close();
  }

  async restartWorker(index: number, shards: number | ShardChange): Promise<void> {
    const before = this.#workers[index];
    this.#workers[index] = createWorker({
      redis: this.#connect('worker'),
      shards,
      seenMs: SEEN_MS,
      sweepEveryMs: 100,
      // Short, so that lanes are given back and taken up by the other worker.
      turnsPerVisit: 3,
      handle: async ({ id, lane }) => {
        if (this.#running.has(lane)) this.wrong.push(`${id} ran beside another`);
        this.#running.add(lane);
        await new Promise((done) => setImmediate(done));
        this.#running.delete(lane);
        if (id.endsWith('7') && !this.#failed.has(id)) {
          this.#failed.add(id);
          throw Object.assign(new Error('once'), { retryAfterMs: 20 });
        }
        this.count += 1;
        if (id.startsWith('timer')) this.timers.rang.push(id);
        else this.#note(lane, id);
      },
    });
    await before?.close();
  }

  #note(lane: string, id: string): void {
    const ids = this.handled.get(lane) ?? [];
    ids.push(id);
    this.handled.set(lane, ids);
    if (this.#awaited.get(lane)?.id === id) this.#awaited.get(lane)?.resolve();
  }

  /** Each lane's events come from one producer, in bursts, and each again from the other. */
  produce(): void {
    this.#producing = Array.from({ length: LANES }, (_, index) => this.#produceFor(index));
  }

  async #produceFor(index: number): Promise<void> {
    const lane = `lane-${index}`;
    const ids: string[] = [];
    this.accepted.set(lane, ids);
    for (let number = 1; !this.#stopped; number += 1) {
      const id = `${lane}-${number}`;
      const isLastOfBurst = number % (2 + (index % 7)) === 0;
      const handled = Promise.withResolvers<void>();
      if (isLastOfBurst) this.#awaited.set(lane, { id, resolve: handled.resolve });
      const event = { id, lane, timestamp: Date.now(), data: null };
      const outcomes = [await this.#add(index % 2, event), await this.#add((index + 1) % 2, event)];
      if (outcomes.join() === 'accepted,duplicate') ids.push(id);
      else this.wrong.push(`${id} was ${outcomes.join()}`);
      if (number % 10 === 0) {
        const timer = { ...event, id: `timer-${id}` };
        await this.#queues[index % 2]?.add(timer, { delayMs: 300 });
        this.timers.set.push(timer.id);
      }
      if (isLastOfBurst) await handled.promise;
    }
  }

  async #add(producer: number, event: QueueEvent): Promise<unknown> {
    return this.#queues[producer]?.add(event);
  }

  /** Resolves once so many more events were handled. */
  async seeHandled(more: number): Promise<void> {
    const enough = this.count + more;
    await vi.waitUntil(() => this.count > enough, { timeout: 20_000 });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#producing);
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.all(this.#queues.map((queue) => queue.close()));
    for (const connection of this.#connections) connection.disconnect();
  }
}
