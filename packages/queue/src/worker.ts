import { systemClock, type Clock } from './clock.ts';
import { ClosedError } from './errors.ts';
import type { LaneTimes, Taken } from './lanes.ts';
import { createLeases, type Leases } from './leases.ts';
import type { Observer } from './observer.ts';
import { backoff, type BackoffOptions, type RetryPolicy } from './retry.ts';
import { laneTimes, type Shard, type Shards } from './shards.ts';
import { Slots } from './slots.ts';
import type { StepOptions } from './steps.ts';
import { sweep } from './sweeper.ts';
import { visitLane, type Handle, type VisitOptions } from './visit.ts';
import { assertWhole } from './whole-number.ts';

/** What a worker runs, and how much of it. */
export interface TurnOptions {
  /** Runs one turn; whatever it throws decides about a retry. */
  readonly handle: Handle;
  /** Turns side by side in this process. Default 800. */
  readonly concurrency?: number;
  /** A policy, or what {@link backoff} takes. Default: 6 attempts with pauses from 0.5 s doubling to 30 s. */
  readonly retry?: RetryPolicy | Omit<BackoffOptions, 'random'>;
  /** What to do about steps whose outcome is not known. Default: repeat them at once. */
  readonly steps?: StepOptions;
  readonly observer?: Observer;
  /** How often lanes are looked for that nobody touched. Default 1 s. */
  readonly sweepEveryMs?: number;
  /** Turns after which a lane is given back, so that a busy lane starves nobody. Default 32. */
  readonly turnsPerVisit?: number;
  /** Time after which a lane is given back. Default 2 s. */
  readonly visitMs?: number;
  /** How long `close` lets running turns go on. Default 10 s. */
  readonly drainMs?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, to spread the pauses of retries; for tests. Default `Math.random`. */
  readonly random?: () => number;
}

/** Runs turns in this process. Made by {@link createWorker}. */
export interface Worker {
  /** Turns under way. */
  readonly running: number;
  /**
   * Takes no more lanes, lets running turns end, aborts those that last longer than `drainMs`;
   * their events are handled by another worker. May be called more than once.
   */
  close(): Promise<void>;
}

/**
 * By how much an event takes more slots for each attempt that ended without a word, up to all of
 * them. What kills a process takes innocents with it, and they come back together with the culprit:
 * so from kill to kill it is beside fewer others, and alone in the end.
 */
const ISOLATION = 8;

/**
 * The consumer's side of the lanes, wherever they are.
 *
 * @param open Opens the shards for this worker, whose random name it is given.
 */
export function runWorker(
  open: (owner: string) => Shards,
  options: TurnOptions & Partial<Pick<LaneTimes, 'leaseMs'>>,
): Worker {
  const { concurrency = 800, clock = systemClock, observer = {}, random = Math.random } = options;
  assertWhole('concurrency', concurrency, 1);
  const shards = open(random().toString(36).slice(2, 10));
  const retry =
    typeof options.retry === 'function' ? options.retry : backoff({ ...options.retry, random });
  const leaseMs = options.leaseMs ?? laneTimes.leaseMs;
  const slots = new Slots(concurrency);
  const visits = new Set<Promise<void>>();
  const isolating = new Set<string>();
  const keeping = new AbortController();
  const aborting = new AbortController();
  const onError = (error: unknown): void => observer.failed?.(error);
  let closing: Promise<void> | undefined;

  // All that a visit does it does in its shard, wherever the lane's next events are put.
  const visitOptions = ({ lanes, wakeUps }: Shard, leases: Leases): VisitOptions => ({
    lanes,
    wake: (ids, delayMs) => wakeUps.add(ids, delayMs),
    leases,
    handle: options.handle,
    retry,
    steps: options.steps ?? {},
    clock,
    observer,
    leaseMs,
    mostTurns: options.turnsPerVisit ?? 32,
    mostMs: options.visitMs ?? 2_000,
    signal: aborting.signal,
    closing: () => closing !== undefined,
  });

  /** Takes a lane once there are slots for it, and leaves its visit running. */
  async function start(shard: Shard, visit: VisitOptions, lane: string, lost = 0): Promise<void> {
    const places = Math.min(concurrency, ISOLATION ** lost);
    await slots.acquire(places);
    const askedAt = clock.monotonic();
    let taken: Taken;
    try {
      taken = await shard.lanes.take({ lane, mostLost: lost });
    } catch (error) {
      slots.release(places);
      return onError(error);
    }
    if (taken.kind !== 'granted') {
      slots.release(places);
      if (taken.kind === 'suspect') isolate(shard, visit, lane, taken.lost);
      return;
    }
    const running = visitLane(taken.grant, askedAt, visit)
      .catch(onError)
      .finally(() => {
        visits.delete(running);
        slots.release(places);
      });
    visits.add(running);
  }

  /** Not awaited by the job, which would keep others from being looked at. */
  function isolate(shard: Shard, visit: VisitOptions, lane: string, lost: number): void {
    if (isolating.has(lane)) return;
    isolating.add(lane);
    observer.isolated?.(lane, lost);
    start(shard, visit, lane, lost)
      .catch(() => shard.wakeUps.add([lane]))
      .catch(onError)
      .finally(() => isolating.delete(lane));
  }

  const background: Promise<void>[] = [];
  const listeners = shards.all.map((shard) => {
    const leases = createLeases({
      renew: (grant) => shard.lanes.renew(grant),
      leaseMs,
      clock,
      onError,
    });
    aborting.signal.addEventListener('abort', () => leases.stop(aborting.signal.reason));
    background.push(leases.keep(keeping.signal), sweepShard(shard));
    const visit = visitOptions(shard, leases);
    const look = async (lanes: readonly string[]): Promise<void> => {
      const results = await Promise.allSettled(lanes.map((lane) => start(shard, visit, lane)));
      // By a worker that closes.
      const sentAway = lanes.filter((_, index) => results[index]?.status === 'rejected');
      await shard.wakeUps.add(sentAway);
    };
    return shard.wakeUps.listen(look, onError);
  });
  function sweepShard(shard: Shard): Promise<void> {
    return sweep({
      shard,
      everyMs: options.sweepEveryMs ?? 1_000,
      clock,
      signal: keeping.signal,
      onSwept: (lanes) => observer.swept?.(lanes),
      onError,
    });
  }

  async function close(): Promise<void> {
    slots.close();
    const drained = new AbortController();
    const deadline = clock
      .wait(options.drainMs ?? 10_000, drained.signal)
      .then(() => aborting.abort(new ClosedError('The worker is closing.')));
    await Promise.all(listeners.map((listener) => listener.close()));
    await Promise.all(visits);
    drained.abort();
    keeping.abort();
    await Promise.all([deadline, ...background]);
    await shards.close();
  }

  return {
    get running() {
      return visits.size;
    },
    close: () => (closing ??= close()),
  };
}
