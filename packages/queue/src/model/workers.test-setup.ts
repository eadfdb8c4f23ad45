import assert from 'node:assert/strict';
import type { Finished, Grant, Lanes } from '../lanes.ts';
import type { TestShard } from '../lanes.test-setup.ts';
import type { Account, Books } from './books.test-setup.ts';
import type { Command } from './commands.test-setup.ts';

const LEASE_MS = 4_000;
/** The one step of every turn. */
export const STEP = 'reply';

/** What a worker knows of the lane it holds, which may be wrong by now. */
interface Visit {
  readonly grant: Grant;
  /** Until when it may begin effects. */
  deadline: number;
  step: 'not begun' | 'begun' | 'done';
}

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Workers that stall, die and lose answers as they are told to, and otherwise do as ours. */
export class Workers {
  readonly #shard: TestShard;
  readonly #lanes: Lanes;
  readonly #books: Books;
  readonly #visits = new Map<number, Visit>();
  /** The last turn that each has ended. */
  readonly #ended = new Map<number, Grant>();

  constructor(shard: TestShard, lanes: Lanes, books: Books) {
    this.#shard = shard;
    this.#lanes = lanes;
    this.#books = books;
  }

  isVisiting(worker: number): boolean {
    return this.#visits.has(worker);
  }

  crash(worker: number): boolean {
    return this.#visits.delete(worker);
  }

  async visit(worker: number, id: string, mostLost: number): Promise<void> {
    const { now } = this.#shard;
    const lane = this.#books.lane(id);
    const taken = await this.#lanes.take({ lane: id, mostLost });
    const first = lane.order[0] === undefined ? undefined : this.#books.event(lane.order[0]);
    if (lane.until > now) return assert.deepEqual(taken, { kind: 'busy' });
    if (lane.due > now) return assert.deepEqual(taken, { kind: 'not-due' });
    if (!first) return assert.deepEqual(taken, { kind: 'empty' });
    if (lane.counted && first.lost > mostLost) {
      return assert.deepEqual(taken, { kind: 'suspect', lost: first.lost });
    }
    if (taken.kind !== 'granted') throw new Error(`${id} could be taken, but was ${taken.kind}`);
    const { grant } = taken;
    first.attempts += 1;
    first.lost += 1;
    this.#compareGrant(grant, first);
    const { epoch } = grant;
    Object.assign(lane, { epoch, turn: 1, until: now + LEASE_MS, due: 0, counted: true });
    this.#begin(worker, grant, now + LEASE_MS);
  }

  #begin(worker: number, grant: Grant, deadline: number): void {
    this.#visits.set(worker, { grant, deadline, step: 'not begun' });
  }

  #compareGrant(grant: Grant, { event, attempts, lost, step }: Account): void {
    assert.deepEqual(grant.head, event);
    assert.deepEqual({ attempt: grant.attempt, lost: grant.lost }, { attempt: attempts, lost });
    const known = { none: /^$/, begun: /^(sending|unknown)/, done: /^done/ }[step];
    assert.match(grant.steps.get(STEP) ?? '', known);
  }

  /** One of: write down that it begins; have the effect and write down that it is done. */
  async step(worker: number): Promise<void> {
    const visit = this.#visits.get(worker);
    if (!visit || visit.step === 'done') return;
    const { grant } = visit;
    const account = this.#books.event(grant.head.id);
    const isCurrent = this.#isCurrent(grant);
    if (visit.step === 'begun') {
      if (visit.deadline <= this.#shard.now) return void this.#visits.delete(worker);
      // What was begun before its event was forgotten still happens.
      const isAllowed = isCurrent || account.state === 'forgotten';
      assert.ok(isAllowed, 'who has an effect holds the lane');
      account.effects += 1;
      await this.#write(worker, visit, 'done 1', 'done');
      return;
    }
    const before = grant.steps.get(STEP) ?? '';
    if (before.startsWith('done')) visit.step = 'done';
    else await this.#write(worker, visit, 'sending', 'begun');
  }

  async #write(worker: number, visit: Visit, state: string, step: 'begun' | 'done'): Promise<void> {
    const { grant } = visit;
    const account = this.#books.event(grant.head.id);
    const journaled = await this.#lanes.journal({ grant, step: STEP, state });
    if (!this.#isCurrent(grant)) {
      assert.deepEqual(journaled, { kind: 'fenced' });
      this.#visits.delete(worker);
    } else if (account.step === 'done') {
      assert.equal(journaled.kind, 'done', 'what is done stays done');
      visit.step = 'done';
    } else {
      assert.equal(journaled.kind, 'written');
      account.step = step;
      visit.step = step;
    }
  }

  #isCurrent(grant: Grant): boolean {
    const lane = this.#books.lane(grant.head.lane);
    return this.#books.isCurrent(grant) && lane.turn === grant.turn;
  }

  /** A step of a turn that has ended: nobody waited for it. */
  async lateStep(worker: number): Promise<void> {
    const grant = this.#ended.get(worker);
    if (!grant) return;
    const late = { grant, step: STEP, state: 'done "late"' };
    assert.deepEqual(await this.#lanes.journal(late), { kind: 'fenced' });
  }

  async renew(worker: number): Promise<void> {
    const visit = this.#visits.get(worker);
    if (!visit) return;
    const isCurrent = this.#books.isCurrent(visit.grant);
    assert.equal(await this.#lanes.renew(visit.grant), isCurrent);
    if (!isCurrent) return void this.#visits.delete(worker);
    visit.deadline = this.#shard.now + LEASE_MS;
    this.#books.lane(visit.grant.head.lane).until = visit.deadline;
  }

  async finish({ kind, worker, next, twice }: Of<'finish' | 'bury'>): Promise<void> {
    const visit = this.#visits.get(worker);
    // A turn that ends well has had its effect.
    if (!visit || (kind === 'finish' && visit.step !== 'done')) return;
    this.#visits.delete(worker);
    const { grant, deadline } = visit;
    this.#ended.set(worker, grant);
    const request = { grant, next, ...(kind === 'bury' ? { deadLetter: '[]' } : {}) };
    const finished = await this.#finishOnce(request, kind === 'bury' ? 'dead' : 'handled');
    const again = twice ? await this.#lanes.finish(request) : finished;
    // Sent twice, it ends one event: the second answer is the first, or that there is nothing left.
    if (finished.kind === 'next') assert.deepEqual(again, finished);
    else if (twice) assert.equal(again.kind, 'fenced');
    if (finished.kind === 'next') this.#begin(worker, finished.grant, deadline);
    if (finished.kind === 'released') this.#books.wakeUps.push(grant.head.lane);
  }

  async #finishOnce(
    request: { grant: Grant; next: 'take' | 'release'; deadLetter?: string },
    state: 'handled' | 'dead',
  ): Promise<Finished> {
    const { grant, next } = request;
    const lane = this.#books.lane(grant.head.lane);
    const isCurrent = this.#isCurrent(grant);
    const finished = await this.#lanes.finish(request);
    if (!isCurrent) {
      assert.deepEqual(finished, { kind: 'fenced' });
      return finished;
    }
    this.#books.end(grant, state);
    const [id] = lane.order;
    if (id === undefined) {
      assert.deepEqual(finished, { kind: 'empty' });
      this.#books.giveBack(lane, 0);
    } else if (next === 'release' || lane.until <= this.#shard.now) {
      assert.deepEqual(finished, { kind: 'released' });
      this.#books.giveBack(lane, 0);
    } else {
      if (finished.kind !== 'next') throw new Error(`${id} was next, but it is ${finished.kind}`);
      const account = this.#books.event(id);
      Object.assign(account, { attempts: 1, lost: 1 });
      lane.counted = true;
      this.#compareGrant(finished.grant, account);
    }
    return finished;
  }

  async retry({ worker, twice, ...how }: Of<'retry'>): Promise<void> {
    const visit = this.#visits.get(worker);
    if (!visit) return;
    this.#visits.delete(worker);
    const { grant } = visit;
    const { delayMs, countAttempt, ran } = how;
    const isCurrent = this.#isCurrent(grant);
    const request = { grant, delayMs, countAttempt, ran };
    assert.equal(await this.#lanes.retry(request), isCurrent);
    if (twice) assert.equal(await this.#lanes.retry(request), false);
    if (!isCurrent) return;
    const account = this.#books.event(grant.head.id);
    account.lost = ran ? 0 : grant.lost - 1;
    if (!countAttempt) account.attempts -= 1;
    this.#books.giveBack(this.#books.lane(grant.head.lane), this.#shard.now + delayMs);
    this.#books.wakeUps.push(grant.head.lane);
  }
}
