import assert from 'node:assert/strict';
import type { QueueEvent } from '../events.ts';
import type { Lanes } from '../lanes.ts';
import type { TestShard } from '../lanes.test-setup.ts';
import { Books, type Account } from './books.test-setup.ts';
import { LANES, WORKERS, type Command } from './commands.test-setup.ts';
import { STEP, Workers } from './workers.test-setup.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/**
 * One run of the model: the commands are carried out on the lanes, each answer is compared with the
 * books, and in the end everything that was accepted must come through by sweeps alone.
 */
export class World {
  readonly #shard: TestShard;
  readonly #lanes: Lanes;
  readonly #books = new Books();
  readonly #workers: Workers;
  #pushed = 0;

  /** @param lanes Those of the shard, or what stands before them. */
  constructor(shard: TestShard, lanes: Lanes) {
    this.#shard = shard;
    this.#lanes = lanes;
    this.#workers = new Workers(shard, lanes, this.#books);
  }

  async run(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      await this.#carryOut(command);
      await this.#compareFigures();
    }
    await this.#drain();
  }

  async #carryOut(command: Command): Promise<void> {
    switch (command.kind) {
      case 'push':
        await this.#push(command);
        break;
      case 'push-again':
        await this.#pushAgain(pick([...this.#books.events.values()], command.which));
        break;
      case 'cancel':
        await this.#cancel(pick([...this.#books.events.values()], command.which));
        break;
      case 'lose-wake-up':
        this.#books.wakeUps.splice(command.which, 1);
        break;
      case 'confirm':
        await this.#confirm(pick([...this.#books.events.values()], command.which));
        break;
      case 'take':
        await this.#take(command);
        break;
      case 'step':
        await this.#workers.step(command.worker);
        break;
      case 'late-step':
        await this.#workers.lateStep(command.worker);
        break;
      case 'crash':
        this.#workers.crash(command.worker);
        break;
      case 'renew':
        await this.#workers.renew(command.worker);
        break;
      case 'finish':
      case 'bury':
        await this.#workers.finish(command);
        break;
      case 'retry':
        await this.#workers.retry(command);
        break;
      case 'pass':
        this.#shard.now += command.ms;
        break;
      case 'hasten':
        await this.#hasten(LANES[command.lane] ?? LANES[0]);
        break;
      case 'forget':
        await this.#forget(LANES[command.lane] ?? LANES[0]);
        break;
      case 'sweep':
        await this.#sweep(command.most);
        break;
      case 'replay':
      case 'drop':
        await this.#remove(command.kind, pick(this.#books.in('dead'), command.which));
        break;
    }
  }

  async #push({ lane, late, delayMs: atLeastMs }: Of<'push'>): Promise<void> {
    const { now } = this.#shard;
    const delayMs = atLeastMs > 0 ? this.#freeTime(now + atLeastMs) - now : 0;
    this.#pushed += 1;
    const event: QueueEvent = {
      id: `e${this.#pushed}`,
      lane: LANES[lane] ?? LANES[0],
      timestamp: now - late,
      data: { text: 'Xin chào\n' },
    };
    const account: Account = {
      event: delayMs > 0 ? { ...event, timestamp: now + delayMs } : event,
      pushed: event,
      state: 'delayed',
      attempts: 0,
      lost: 0,
      step: 'none',
      effects: 0,
    };
    if (delayMs > 0) {
      assert.equal(await this.#lanes.delay({ event, delayMs }), 'accepted');
    } else {
      const wasIdle = this.#books.lane(event.lane).order.length === 0;
      const accepted = await this.#lanes.accept(event);
      assert.deepEqual(accepted, { outcome: 'accepted', wake: wasIdle });
      if (accepted.wake) this.#books.wakeUps.push(event.lane);
      this.#books.put(account);
    }
    this.#books.events.set(event.id, account);
  }

  /** Delayed events of the same millisecond would come in any order. */
  #freeTime(time: number): number {
    const isTaken = this.#books.in('delayed').some(({ event }) => event.timestamp === time);
    return isTaken ? this.#freeTime(time + 1) : time;
  }

  async #pushAgain(account: Account | undefined): Promise<void> {
    // A cancelled event is as if it never was.
    if (!account || account.state === 'cancelled') return;
    const { lane: id } = account.event;
    const lane = this.#books.lane(id);
    const wake = lane.order.length > 0 && this.#books.isFree(lane, this.#shard.now);
    const before = lane.order.length;
    const accepted = await this.#lanes.accept(account.pushed);
    if (accepted.outcome === 'accepted') {
      throw new Error(`${account.event.id} was accepted twice, with ${before} events in its lane`);
    }
    assert.equal(accepted.wake, wake);
    if (accepted.wake) this.#books.wakeUps.push(id);
  }

  async #cancel(account: Account | undefined): Promise<void> {
    if (!account) return;
    const isDelayed = account.state === 'delayed';
    assert.equal(await this.#lanes.cancel(account.event.id), isDelayed);
    if (isDelayed) account.state = 'cancelled';
  }

  async #confirm(account: Account | undefined): Promise<void> {
    if (!account) return;
    const { id: eventId, lane: id } = account.event;
    const lane = this.#books.lane(id);
    const isAwaited = lane.counted && lane.order[0] === eventId && account.step === 'begun';
    const confirmation = { lane: id, eventId, step: STEP, state: 'done "seen"' };
    const confirmed = await this.#lanes.confirm(confirmation);
    if (!isAwaited) {
      // After a replay the lanes know of a step only what its dead letter said.
      assert.equal(confirmed, 'not-waiting');
      return;
    }
    if (confirmed === 'not-waiting') return;
    account.step = 'done';
    const wake = lane.until <= this.#shard.now && lane.due > this.#shard.now;
    assert.equal(confirmed, wake ? 'wake' : 'settled');
    if (wake) {
      lane.due = 0;
      this.#books.wakeUps.push(id);
    }
  }

  async #take({ worker, which, mostLost }: Of<'take'>): Promise<void> {
    const id = pick(this.#books.wakeUps, which);
    if (id === undefined) return;
    this.#books.wakeUps.splice(this.#books.wakeUps.indexOf(id), 1);
    await this.#workers.visit(worker, id, mostLost);
  }

  async #hasten(id: string): Promise<void> {
    const lane = this.#books.lane(id);
    const isPaused = lane.until <= this.#shard.now && lane.due > this.#shard.now;
    const hastened = await this.#lanes.hasten({ beginning: id.slice(0, 2), part: '0' });
    assert.deepEqual(hastened, { lanes: isPaused ? [id] : [], next: undefined });
    if (!isPaused) return;
    lane.due = 0;
    this.#books.wakeUps.push(id);
  }

  async #forget(id: string): Promise<void> {
    let count = 0;
    for (const among of ['delayed', 'dead'] as const) {
      const forgotten = await this.#lanes.forget({ lanes: [id], among, part: '0' });
      assert.equal(forgotten.next, undefined);
      count += forgotten.count;
    }
    assert.equal(count, this.#books.forget(id));
  }

  async #sweep(most: number): Promise<void> {
    const { now } = this.#shard;
    const { woken, found } = await this.#lanes.sweep(most);
    const due = this.#books
      .in('delayed')
      .filter(({ event }) => event.timestamp <= now)
      .toSorted((one, other) => one.event.timestamp - other.event.timestamp);
    for (const account of due.slice(0, most)) this.#books.put(account);
    this.#books.wakeUps.push(...woken, ...found);
  }

  async #remove(how: 'replay' | 'drop', account: Account | undefined): Promise<void> {
    if (!account) return;
    const { lane } = account.event;
    assert.equal(await this.#shard.deadLetters.remove(how, account.event.id), lane);
    assert.equal(await this.#shard.deadLetters.remove(how, account.event.id), undefined);
    if (how === 'drop') {
      account.state = 'dropped';
    } else {
      Object.assign(account, { attempts: 0, lost: 0 });
      this.#books.put(account);
      this.#books.wakeUps.push(lane);
    }
  }

  async #compareFigures(): Promise<void> {
    const { waitingLanes, waitingEvents, delayedEvents, deadLetters } = await this.#lanes.figures();
    assert.deepEqual(
      { waitingLanes, waitingEvents, delayedEvents, deadLetters },
      {
        waitingLanes: [...this.#books.lanes.values()].filter(({ order }) => order.length > 0)
          .length,
        waitingEvents: this.#books.in('waiting').length,
        delayedEvents: this.#books.in('delayed').length,
        deadLetters: this.#books.in('dead').length,
      },
    );
  }

  /** All workers die and all wake-ups are lost: sweeps alone must bring everything through. */
  async #drain(): Promise<void> {
    for (let worker = 0; worker < WORKERS; worker += 1) this.#workers.crash(worker);
    this.#books.wakeUps.length = 0;
    for (let round = 0; round < 6; round += 1) {
      this.#shard.now += 5_000;
      await this.#sweep(1_000);
      for (const id of this.#books.wakeUps.splice(0)) {
        await this.#workers.visit(0, id, Infinity);
        while (this.#workers.isVisiting(0)) {
          await this.#workers.step(0);
          await this.#workers.finish({ kind: 'finish', worker: 0, next: 'take', twice: false });
        }
      }
    }
    await this.#compareFigures();
    assert.deepEqual([...this.#books.in('delayed'), ...this.#books.in('waiting')], []);
    for (const { state, step } of this.#books.events.values()) {
      if (state === 'handled') assert.equal(step, 'done');
    }
  }
}

function pick<Item>(items: readonly Item[], which: number): Item | undefined {
  return items.length === 0 ? undefined : items[which % items.length];
}
