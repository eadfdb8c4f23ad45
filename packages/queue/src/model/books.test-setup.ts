import type { QueueEvent } from '../events.ts';
import type { Grant } from '../lanes.ts';

/** What is known of one event from outside. */
export interface Account {
  /** As it must come out: a delayed event happens when it is due. */
  readonly event: QueueEvent;
  /** As its producer pushed it, and pushes it again. */
  readonly pushed: QueueEvent;
  state: 'delayed' | 'waiting' | 'handled' | 'dead' | 'dropped' | 'cancelled' | 'forgotten';
  attempts: number;
  /** Attempts that ended without a word. */
  lost: number;
  /** How far its step has come, as Redis was told. */
  step: 'none' | 'begun' | 'done';
  effects: number;
}

/** A lane as it must be. */
export interface LaneAccount {
  /** Events in the order in which they must be handled. */
  readonly order: string[];
  /** Whether an attempt at the first of them was counted: then it stays the first. */
  counted: boolean;
  epoch: string | undefined;
  turn: number;
  until: number;
  due: number;
}

/**
 * What the lanes must be like, kept by the test from what they acknowledged. It says what broke when
 * they are not.
 */
export class Books {
  readonly events: Map<string, Account> = new Map();
  readonly lanes: Map<string, LaneAccount> = new Map();

  /** Lanes that somebody was told to look at. */
  readonly wakeUps: string[] = [];

  lane(id: string): LaneAccount {
    const lane = this.lanes.get(id) ?? emptyLane();
    this.lanes.set(id, lane);
    return lane;
  }

  event(id: string): Account {
    const account = this.events.get(id);
    if (!account) throw new Error(`nobody pushed ${id}`);
    return account;
  }

  /** Events in that state, in the order in which they were pushed. */
  in(state: Account['state']): Account[] {
    return [...this.events.values()].filter((account) => account.state === state);
  }

  put(account: Account): void {
    const { order, counted } = this.lane(account.event.lane);
    const first = counted ? 1 : 0;
    let place = order.length;
    while (place > first && this.#timeOf(order[place - 1]) > account.event.timestamp) place -= 1;
    order.splice(place, 0, account.event.id);
    account.state = 'waiting';
  }

  #timeOf(id = ''): number {
    return this.event(id).event.timestamp;
  }

  /** Nobody holds it, and its time has come. */
  isFree({ until, due }: LaneAccount, now: number): boolean {
    return until <= now && due <= now;
  }

  /** The grant is the latest on its lane, and was not given back. */
  isCurrent({ head, epoch }: Grant): boolean {
    return this.lane(head.lane).epoch === epoch;
  }

  /** The head of the grant's lane is done with, in one way or another. */
  end({ head }: Grant, state: 'handled' | 'dead'): void {
    const lane = this.lane(head.lane);
    const [first] = lane.order.splice(0, 1);
    if (first !== head.id) throw new Error(`${head.id} ended, but ${first} was the first`);
    Object.assign(this.event(head.id), { state });
    lane.counted = false;
    lane.turn += 1;
  }

  /** Forgets all of a lane that is not over; answers how many events that were. */
  forget(id: string): number {
    const open = [...this.in('waiting'), ...this.in('delayed'), ...this.in('dead')];
    const forgotten = open.filter(({ event }) => event.lane === id);
    for (const account of forgotten) account.state = 'forgotten';
    this.lanes.delete(id);
    return forgotten.length;
  }

  giveBack(lane: LaneAccount, due: number): void {
    Object.assign(lane, { epoch: undefined, until: 0, due });
  }
}

const emptyLane = (): LaneAccount => ({
  order: [],
  counted: false,
  epoch: undefined,
  turn: 1,
  until: 0,
  due: 0,
});
