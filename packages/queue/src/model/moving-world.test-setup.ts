import assert from 'node:assert/strict';
import type * as fc from 'fast-check';
import { systemClock } from '../clock.ts';
import type { QueueEvent } from '../events.ts';
import { shardOf } from '../keys.ts';
import type { Lanes } from '../lanes.ts';
import { gatherMovingShards, type MovingShard } from '../moving-shards.ts';
import { ADOPTED_MS, type Moves } from '../moves.ts';
import { openQueue, type Queue } from '../queue.ts';
import { openShardMove } from '../shard-move.ts';
import type { ShardChange } from '../shards.ts';
import { createMemoryMoves } from '../testing/memory-moves.test-setup.ts';
import { MemoryShard } from '../testing/memory-shard.ts';
import { openMemoryShard } from '../testing/memory-shards.ts';

/** What a test may break: how a shard answers. */
export type Change = (shard: MovingShard) => MovingShard;

const timers = ['timer-1', 'timer-2', 'timer-3', 'timer-4', 'timer-5'];
const times = { leaseMs: 1e9, graceMs: 1e9, seenMs: 1e9 };

/**
 * Producers, workers, sweeps, a canceller and an operator at one lane that moves, each step of each at
 * any time: the scheduler decides whose next step it is.
 */
export class MovingWorld {
  readonly #scheduler: fc.Scheduler;
  readonly #change: ShardChange;
  readonly #lane: string;
  readonly #all: readonly MovingShard[];
  readonly #old: MemoryShard;
  #now = 1_000_000;
  #time = 0;
  #running: string | undefined;
  #said = 'moving';
  readonly #started: QueueEvent[] = [];
  readonly #accepted: string[] = [];
  readonly #cancelled = new Set<string>();
  readonly #handled: string[] = [];

  constructor(scheduler: fc.Scheduler, change: ShardChange, alter: Change) {
    this.#scheduler = scheduler;
    this.#change = change;
    this.#lane = laneThatMoves(change);
    const clock = { ...systemClock, now: () => this.#now };
    const count = Math.max(change.count, change.next);
    const memory = Array.from({ length: count }, () => new MemoryShard(clock, times));
    this.#old = memory[shardOf(this.#lane, change.count)] as MemoryShard;
    this.#all = memory.map((each) => {
      const shard = openMemoryShard(each, 'model');
      const moves = createMemoryMoves(each, shard.lanes, change.count);
      const altered = alter(Object.assign(shard, { moves }));
      return Object.assign(altered, {
        lanes: this.#stepByStep<Lanes>(altered.lanes),
        moves: this.#stepByStep<Moves>(altered.moves),
      });
    });
  }

  /** What others do may come between the call and its answer. */
  #stepByStep<Steps extends object>(steps: Steps): Steps {
    const entries = Object.entries(steps).map(([name, step]) => [
      name,
      async (...args: unknown[]) => {
        await this.#scheduler.schedule(Promise.resolve(), `asks ${name}`);
        const answer: unknown = await (step as (...given: unknown[]) => unknown)(...args);
        await this.#scheduler.schedule(Promise.resolve(), `answers ${name}`);
        return answer;
      },
    ]);
    return Object.fromEntries(entries) as Steps;
  }

  async run(): Promise<void> {
    const shards = gatherMovingShards(this.#all, this.#change);
    const queue = openQueue(shards, async () => 0, { clock: { ...systemClock, now: () => 0 } });
    // Set before any of it begins.
    await this.#scheduler.waitFor(Promise.all(timers.map((id) => this.#setTimer(queue, id))));
    await this.#scheduler.waitFor(
      Promise.all([
        this.#produce(queue, 'a'),
        this.#produce(queue, 'b'),
        this.#deliverAgain(queue),
        ...timers.map((id, index) => this.#cancel(queue, id, 100 * Math.min(index, 1))),
        this.#work(3),
        this.#work(3),
        this.#sweep(2),
        this.#advance(3),
      ]),
    );
    await this.#scheduler.waitFor(this.#seeWhatIsSaid());
    await this.#scheduler.waitFor(this.#settle());
    await queue.close();
    this.#judge();
  }

  async #produce(queue: Queue, name: string): Promise<void> {
    for (let index = 1; index <= 4; index += 1) {
      const id = index === 2 ? `${name}-timer` : `${name}${index}`;
      this.#time += 1;
      const event = { id, lane: this.#lane, timestamp: this.#time, data: null };
      this.#started.push(event);
      const delayMs = index === 2 ? 10 : 0;
      if ((await queue.add(event, { delayMs })) === 'accepted') this.#accepted.push(id);
    }
  }

  async #deliverAgain(queue: Queue): Promise<void> {
    for (let index = 0; index < 3; index += 1) {
      await this.#scheduler.schedule(Promise.resolve(), 'delivers again');
      const event = this.#started.findLast(({ id }) => !id.endsWith('timer'));
      if (event && (await queue.add(event)) === 'accepted') this.#accepted.push(event.id);
    }
  }

  #hasLeft(): boolean {
    const { layout, lanes } = this.#old;
    return layout.includes('>') && !lanes.has(this.#lane);
  }

  async #setTimer(queue: Queue, id: string): Promise<void> {
    const event = { id, lane: this.#lane, timestamp: 0, data: null };
    if ((await queue.add(event, { delayMs: ADOPTED_MS / 2 })) === 'accepted')
      this.#accepted.push(id);
  }

  /** @param patience For so many steps it waits until the lane has left, when it matters most. */
  async #cancel(queue: Queue, id: string, patience: number): Promise<void> {
    for (let step = 0; step < patience && !this.#hasLeft(); step += 1) {
      await this.#scheduler.schedule(Promise.resolve(), 'waits to cancel');
    }
    if (await queue.cancel({ id, lane: this.#lane })) this.#cancelled.add(id);
  }

  async #work(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      for (const { lanes } of this.#all) await this.#visit(lanes);
    }
  }

  async #visit(lanes: Lanes): Promise<void> {
    const taken = await lanes.take({ lane: this.#lane, mostLost: 1 });
    if (taken.kind !== 'granted') return;
    const { id } = taken.grant.head;
    assert.equal(this.#running, undefined, `${id} began while ${this.#running} ran`);
    this.#running = id;
    await this.#scheduler.schedule(Promise.resolve(), `handles ${id}`);
    this.#running = undefined;
    this.#handled.push(id);
    await lanes.finish({ grant: taken.grant, next: 'release' });
  }

  /** Nobody hangs between two steps for as long as what was taken in is held back. */
  async #sweep(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      this.#now += ADOPTED_MS / 2 - 1;
      for (const { lanes } of gatherMovingShards(this.#all, this.#change).all)
        await lanes.sweep(10);
    }
  }

  async #advance(calls = 1): Promise<void> {
    const move = openShardMove(this.#all, this.#change, { seenMs: 1e9, now: () => this.#now });
    for (let call = 0; call < calls; call += 1) this.#said = (await move.advance()).kind;
  }

  /** Once the move says so, the old shard holds nothing more of the lane, whatever was on its way. */
  async #seeWhatIsSaid(): Promise<void> {
    if (this.#said === 'moving') return;
    const { lanes, moves } = this.#all[shardOf(this.#lane, this.#change.count)] as MovingShard;
    assert.equal((await lanes.inspect(this.#lane)).events, 0);
    for (const kind of ['delayed', 'dead'] as const) {
      assert.deepEqual((await moves.kept(kind, '0')).items, []);
    }
  }

  async #settle(): Promise<void> {
    for (let round = 0; round < 9 || this.#said === 'moving'; round += 1) {
      assert.ok(round < 30, 'something never moved');
      this.#now += 20_000;
      await this.#advance();
      await this.#sweep(1);
      await this.#work(2);
    }
  }

  #judge(): void {
    const expected = this.#accepted.filter((id) => !this.#cancelled.has(id));
    assert.deepEqual([...this.#handled].toSorted(), expected.toSorted());
    for (const name of ['a', 'b']) {
      const inOrder = [1, 3, 4].map((index) => `${name}${index}`);
      assert.deepEqual(
        this.#handled.filter((id) => inOrder.includes(id)),
        inOrder,
      );
    }
  }
}

function laneThatMoves({ count, next }: ShardChange): string {
  for (let index = 0; ; index += 1) {
    const lane = `lane-${index}`;
    if (shardOf(lane, count) !== shardOf(lane, next)) return lane;
  }
}
