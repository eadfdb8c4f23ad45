import { decodeEntry, encodeEvent, type Entry } from '../events.ts';
import { seenMember, seenPlace } from '../keys.ts';
import type { Finished, Grant, Lanes } from '../lanes.ts';
import { isDone, STEP, stepProgress } from '../step-state.ts';
import { isFree, untried, type HeadState, type MemoryLane } from './memory-lane.ts';
import type { MemoryShard } from './memory-shard.ts';
import { sweepMemory } from './memory-sweep.ts';

/**
 * Lanes in memory: each method does what the Lua file of its name does.
 *
 * @param owner Who takes lanes.
 */
export function createMemoryLanes(shard: MemoryShard, owner: string): Lanes {
  const { leaseMs, graceMs, seenMs } = shard.times;

  /** The grant's lane and what is known of its head, while no other grant has taken its place. */
  function held({ head, epoch }: Grant): { lane: MemoryLane; state: HeadState } | undefined {
    const lane = shard.lanes.get(head.lane);
    return lane?.head?.epoch === epoch ? { lane, state: lane.head } : undefined;
  }

  /** Leaves the lane to whoever takes it, from `due` on. */
  function giveBack(lane: MemoryLane, due: number): void {
    lane.touchBy = due + graceMs;
    lane.readySince = due;
  }

  function hold(lane: MemoryLane, state: HeadState): void {
    lane.head = state;
    lane.touchBy = state.until;
    lane.readySince = undefined;
  }

  return {
    async accept(event) {
      const now = shard.now();
      if (shard.remember(seenPlace(event), now, seenMs)) {
        return { outcome: 'accepted', wake: shard.put(event.lane, encodeEvent(event), now) };
      }
      const lane = shard.lanes.get(event.lane);
      return { outcome: 'duplicate', wake: lane !== undefined && isFree(lane, now) };
    },

    async delay({ event, delayMs }) {
      const now = shard.now();
      const due = now + Math.ceil(delayMs);
      const member = seenMember(event.id);
      if (shard.delayed.has(member)) return 'duplicate';
      if (!shard.remember(seenPlace(event), now, due - now + seenMs)) return 'duplicate';
      shard.delayed.set(member, {
        lane: event.lane,
        seen: seenPlace(event),
        entry: encodeEvent({ ...event, timestamp: due }),
        due,
      });
      return 'accepted';
    },

    async cancel(eventId) {
      const member = seenMember(eventId);
      const delayed = shard.delayed.get(member);
      if (!delayed) return false;
      shard.delayed.delete(member);
      shard.forget(delayed.seen);
      return true;
    },

    async take({ lane: id, mostLost }) {
      const now = shard.now();
      const lane = shard.lanes.get(id);
      if (!lane) return { kind: 'empty' };
      const before = lane.head ?? untried();
      if (before.until > now) return { kind: 'busy' };
      if (before.due > now) return { kind: 'not-due' };
      if (before.lost > mostLost) return { kind: 'suspect', lost: before.lost };
      const epoch = shard.nextEpoch(owner);
      const attempts = before.attempts + 1;
      const lost = before.lost + 1;
      hold(lane, { ...before, epoch, turn: 1, until: now + leaseMs, due: 0, attempts, lost });
      const failures = [...before.failures].toSorted(([one], [other]) => one - other);
      const { event, steps } = headOf(id, lane);
      const grant: Grant = {
        epoch,
        turn: 1,
        head: event,
        attempt: attempts,
        lost,
        steps: new Map([...steps, ...before.steps]),
        failures: failures.map(([, failure]) => failure),
        at: now,
      };
      return { kind: 'granted', grant };
    },

    async finish({ grant, deadLetter = '', next }) {
      const now = shard.now();
      const { id, lane: laneId } = grant.head;
      const { lane, state } = held(grant) ?? {};
      if (!lane || !state) return { kind: 'fenced' };
      const isLate = state.until <= now;
      if (state.turn !== grant.turn) {
        return isLate ? { kind: 'released' } : following(grant, lane, state.turn);
      }
      const [entry = ''] = lane.entries.splice(0, 1);
      lane.head = undefined;
      if (deadLetter === '') {
        shard.tallies.turns += 1;
      } else {
        shard.tallies.dead += 1;
        const buried = withSteps(entry, state.steps);
        shard.buried.set(id, { lane: laneId, entry: buried, failures: deadLetter, at: now });
      }
      if (lane.entries.length === 0) {
        shard.lanes.delete(laneId);
        return { kind: 'empty' };
      }
      if (isLate || next === 'release') {
        giveBack(lane, now);
        return { kind: 'released' };
      }
      const { epoch, until } = state;
      const turn = grant.turn + 1;
      lane.head = { ...untried(), epoch, turn, until, attempts: 1, lost: 1 };
      return following(grant, lane, turn);
    },

    async retry({ grant, delayMs, countAttempt, ran, failure = '' }) {
      const now = shard.now();
      const { lane, state } = held(grant) ?? {};
      if (!lane || !state) return false;
      const due = now + Math.ceil(delayMs);
      if (failure !== '') {
        state.failures.set(state.attempts, failure);
        shard.tallies.retries += 1;
      }
      lane.head = {
        ...state,
        epoch: undefined,
        until: 0,
        due,
        attempts: state.attempts - (countAttempt ? 0 : 1),
        lost: ran ? 0 : grant.lost - 1,
      };
      giveBack(lane, due);
      return true;
    },

    async renew(grant) {
      const now = shard.now();
      const { lane, state } = held(grant) ?? {};
      if (!lane || !state) return false;
      hold(lane, { ...state, until: now + leaseMs });
      return true;
    },

    async journal({ grant, step, state: value }) {
      const now = shard.now();
      const { lane, state } = held(grant) ?? {};
      if (lane === undefined || state?.turn !== grant.turn) return { kind: 'fenced' };
      const before = state.steps.get(step) ?? '';
      if (isDone(before)) return { kind: 'done', state: before };
      if (value === 'sending') state.steps.set(step, `sending ${now}`);
      else if (value === 'unknown') state.steps.set(step, before.replace(/^sending/, 'unknown'));
      else state.steps.set(step, value);
      return { kind: 'written', behind: value === 'sending' ? lane.entries.length - 1 : 0 };
    },

    async confirm({ lane: id, eventId, step, state: value }) {
      const now = shard.now();
      const lane = shard.lanes.get(id);
      const before = lane?.head?.steps.get(step);
      if (!lane?.head || before === undefined || isDone(before)) return 'not-waiting';
      if (headOf(id, lane).event.id !== eventId) return 'not-waiting';
      lane.head.steps.set(step, value);
      if (lane.head.until > now || lane.head.due <= now) return 'settled';
      lane.head = { ...lane.head, due: 0 };
      giveBack(lane, now);
      return 'wake';
    },

    async hasten({ beginning }) {
      const now = shard.now();
      const hastened: string[] = [];
      for (const [id, lane] of shard.lanes) {
        if (!id.startsWith(beginning) || !lane.head || lane.head.due <= now) continue;
        lane.head = { ...lane.head, due: 0 };
        giveBack(lane, now);
        hastened.push(id);
      }
      return { lanes: hastened, next: undefined };
    },

    async forget({ lanes, among }) {
      const wanted = new Set(lanes);
      let count = 0;
      for (const id of wanted) {
        count += shard.lanes.get(id)?.entries.length ?? 0;
        shard.lanes.delete(id);
      }
      const events = among === 'delayed' ? shard.delayed : shard.buried;
      for (const [key, { lane }] of events) {
        if (wanted.has(lane) && events.delete(key)) count += 1;
      }
      return { count, next: undefined };
    },

    async sweep(most) {
      const { woken, found, nextDueMs } = sweepMemory(shard, most);
      return { woken, found, nextDueMs };
    },

    async inspect(id) {
      const now = shard.now();
      const lane = shard.lanes.get(id);
      const { attempts, until, due, steps } = lane?.head ?? untried();
      return {
        events: lane?.entries.length ?? 0,
        attempts,
        heldMs: Math.max(0, until - now),
        dueMs: Math.max(0, due - now),
        steps: Object.fromEntries([...steps].map(([name, state]) => [name, stepProgress(state)])),
      };
    },

    async events(id, first, most) {
      const entries = shard.lanes.get(id)?.entries ?? [];
      return entries.slice(first, first + most).map((entry) => decodeEntry(id, entry).event);
    },

    async figures() {
      const now = shard.now();
      const lanes = [...shard.lanes.values()];
      const since = Math.min(...lanes.map(({ readySince = Infinity }) => readySince));
      return {
        waitingLanes: lanes.length,
        waitingEvents: lanes.reduce((sum, { entries }) => sum + entries.length, 0),
        delayedEvents: shard.delayed.size,
        deadLetters: shard.buried.size,
        oldestAgeMs: Math.max(0, now - since),
        ...shard.tallies,
      };
    },
  };
}

const headOf = (id: string, { entries: [entry = ''] }: MemoryLane): Entry => decodeEntry(id, entry);

function following(grant: Grant, lane: MemoryLane, turn: number): Finished {
  const { event: head, steps } = headOf(grant.head.lane, lane);
  return {
    kind: 'next',
    grant: { ...grant, turn, head, attempt: 1, lost: 1, steps, failures: [] },
  };
}

/** As `bury` writes it in `lua/finish.lua`. */
function withSteps(entry: string, steps: ReadonlyMap<string, string>): string {
  const lines = [...steps].map(([name, state]) => JSON.stringify([STEP + name, state]));
  return [entry, ...lines].join('\n');
}
