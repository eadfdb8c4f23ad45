/**
 * What every fault test stands on: a private Redis, the outside world (the sink), and worker and
 * producer processes that a test kills, freezes and starts again.
 *
 * A new fault is a new file beside `worker-kill.test.ts`:
 *  1. `startRig({ seed, traffic, … })`, and `onTestFinished(() => rig.close())`.
 *  2. Break something: `rig.end`, `rig.freeze`, `rig.redis.kill`. Another kind of turn is a `Manner`
 *     in `traffic.ts` and `worker.ts`; workers that may end by themselves are `revived`; a Redis of
 *     the test's own is `redis`, and another way to it (`proxy.ts`) is `redisUrlOf`.
 *  3. `await rig.settle(…)`, judge with `rig.verdict()`, print with `rig.report(…)`.
 *  4. A control: the same with a guard in `guardsOff` (`guards-off.ts`), asserting the damage.
 */
import { createGuard, poll, startRedis, type RedisServer } from '@bot/dev';
import { connectRedis, createQueue, UnavailableError, type Queue } from '@bot/queue';
import type { Books, Effect } from './books.ts';
import { Crew, type Interruption, type Member } from './crew.ts';
import type { Guard } from './guards-off.ts';
import { judge, type Verdict } from './oracle.ts';
import type { Orders, ProducerOrders, WorkerOrders } from './orders.ts';
import { seeded, type Random } from './random.ts';
import { reportLine } from './report.ts';
import { startSink } from './sink.ts';
import { eventsFrom, planTraffic, type PlannedEvent, type TrafficOptions } from './traffic.ts';
import type { WrongClock } from './wrong-clock.ts';

interface RequiredOptions {
  readonly seed: number;
  readonly traffic: TrafficOptions;
}

interface OptionalOptions {
  /** Default 2. */
  readonly workers: number;
  /** Default 2. */
  readonly producers: number;
  /** Guards that every process goes without. Default none. */
  readonly guardsOff: readonly Guard[];
  /** Whether the sink confirms each effect, and workers wait 5 s for it. Default false. */
  readonly confirmations: boolean;
  /** From an effect's arrival at the sink to its answer. Default 20 ms. */
  readonly latencyMs: number;
  /** Whether workers that end by themselves are started again at once. Default false. */
  readonly revived: boolean;
  /** Flags of Node for the workers. */
  readonly workerFlags: readonly string[];
  /** Changes to what the workers are told. */
  readonly worker: Partial<WorkerOrders>;
  /** Changes to what the producers are told. */
  readonly producer: Partial<ProducerOrders>;
  /** Whether Redis keeps anything over a restart. Default `yes`. */
  readonly appendonly: 'yes' | 'no';
  /** When a write of Redis counts as done. Default `always`. */
  readonly appendfsync: 'always' | 'everysec';
  /** A command that Redis is started by. Default none. */
  readonly redisThrough: readonly string[];
  /** Followed by every process and the queue's scripts. Default: the right time. */
  readonly clock: WrongClock;
  /** One, or a Cluster, that the test has started and closes. Default: one of the rig's own. */
  readonly redis: { readonly url: string };
  /** How each process reaches Redis. Default: directly. */
  readonly redisUrlOf: (member: Member) => string;
  /** Default 1. */
  readonly shards: number;
  /** Replicas that must have a write before it counts. Default 0. */
  readonly replicas: number;
}

/** What `startRig` takes. */
export type RigOptions = RequiredOptions & Partial<OptionalOptions>;

/** A run of the queue in real processes. Made by {@link startRig}. */
export interface Rig {
  /** The rig's own. */
  readonly redis: RedisServer;
  /** The rig's own, on a connection straight to Redis. */
  readonly queue: Queue;
  readonly books: Books;
  readonly events: readonly PlannedEvent[];
  /** For the test's own choices: which process, and when. */
  readonly random: Random;
  readonly workers: readonly Member[];
  readonly producers: readonly Member[];
  readonly interruptions: readonly Interruption[];
  /** Effects under way in all processes at this moment. */
  inFlight(): readonly Effect[];
  /** Of the member's process, which must run. */
  pid(member: Member): number;
  /** False once the member's process has ended. */
  isRunning(member: Member): boolean;
  /** Ends the member's process, and resolves when all that it wrote has been read. */
  end(member: Member, signal: 'SIGKILL' | 'SIGTERM'): Promise<Interruption>;
  /** SIGSTOP, and SIGCONT after `ms`. */
  freeze(member: Member, ms: number): Promise<Interruption>;
  /** A new process for the member; a producer is given what was not acknowledged. */
  restart(member: Member): Promise<void>;
  /** Whether all was acknowledged and no lane holds an event, within the time. */
  settle(timeoutMs: number): Promise<boolean>;
  verdict(): Verdict;
  /** Prints the figures of the run in one line. */
  report(title: string, more?: Readonly<Record<string, string | number>>): void;
  /** Ends everything. May be called again. */
  close(): Promise<void>;
}

/** Between the moment at which every process is there and the first event. */
const RUN_UP_MS = 300;
const SETTLE_EVERY_MS = 100;
const CONFIRM_WITHIN_MS = 5_000;

/** Starts Redis, the sink, the workers, and then the producers; the traffic flows once all are there. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const { seed, workers = 2, producers = 2, guardsOff = [], confirmations = false } = options;
  const { shards = 1, replicas = 0 } = options;
  const startedAt = performance.now();
  const random = seeded(seed);
  const open: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (const close of open.splice(0).toReversed()) await close();
  }
  const close = (): Promise<void> => (closing ??= closeAll());

  async function start(): Promise<Rig> {
    const guard = createGuard();
    open.push(() => guard.close());
    const own = options.redis
      ? undefined
      : await startRedis({
          guard,
          appendonly: options.appendonly ?? 'yes',
          appendfsync: options.appendfsync ?? 'always',
          through: options.redisThrough ?? [],
        });
    open.push(async () => own?.close());
    const redisUrl = options.redis?.url ?? own?.url ?? '';
    const connection = connectRedis({ url: redisUrl, role: 'producer' });
    open.push(async () => connection.disconnect());
    const { clock } = options;
    const queue = createQueue({
      redis: connection,
      shards,
      backpressure: options.producer?.backpressure ?? {},
      ...(clock && { scriptTime: clock.scriptTime }),
    });
    open.push(() => queue.close());
    const sink = await startSink({
      latencyMs: options.latencyMs ?? 20,
      ...(confirmations && { confirm: confirmOn(queue) }),
    });
    open.push(() => sink.close());
    const crew = new Crew(sink, guard);
    open.push(() => crew.close());

    const members = (role: Member['role'], count: number): Member[] =>
      Array.from({ length: count }, (_, index) => ({ role, index, runs: 0 }));
    const rig = { workers: members('worker', workers), producers: members('producer', producers) };
    const clockPath = clock && { clockPath: clock.path };
    const common = (member: Member): Omit<Orders, 'name'> => ({
      redisUrl: options.redisUrlOf?.(member) ?? redisUrl,
      sinkPort: sink.port,
      guardsOff,
      shards,
      replicas,
      ...clockPath,
    });
    const planned = planTraffic(options.traffic, random);

    const startWorker = (member: Member): Promise<void> =>
      crew.start(member, {
        flags: options.workerFlags ?? [],
        revived: options.revived ?? false,
        ordersOf: (name) => ({
          name,
          ...common(member),
          concurrency: 400,
          leaseMs: 4_000,
          graceMs: 2_000,
          sweepEveryMs: 1_000,
          confirmWithinMs: confirmations ? CONFIRM_WITHIN_MS : 0,
          ...options.worker,
        }),
      });
    /** A lane belongs to one producer, so that its order is that producer's. */
    const startProducer = (member: Member): Promise<void> => {
      const left = planned.filter(
        ({ id, lane }) =>
          Number(lane.replace('lane-', '')) % producers === member.index &&
          !sink.books.acked.has(id),
      );
      const sizes = { addSize: 8, addsAtOnce: 8 };
      const sending = { ...common(member), events: left, ...sizes, ...options.producer };
      return crew.start(member, { ordersOf: (name) => ({ name, ...sending }) });
    };

    /** The one figure that is asked of the queue itself. */
    const waitingLanes = async (): Promise<number> => (await queue.figures()).waitingLanes;
    const isSettled = async (): Promise<boolean> => {
      crew.assertWell();
      if (sink.books.acked.size < events.length) return false;
      // Redis may be away at this moment.
      return (await waitingLanes().catch(() => 1)) === 0;
    };
    const verdict = (): Verdict => judge(events, sink.books);

    await Promise.all(rig.workers.map(startWorker));
    await Promise.all(rig.producers.map(startProducer));
    const beginAt = Date.now() + RUN_UP_MS;
    const events = eventsFrom(beginAt, planned);
    sink.begin(beginAt);
    return {
      ...rig,
      get redis() {
        if (!own) throw new Error('The Redis of this run is the test’s own.');
        return own;
      },
      queue,
      books: sink.books,
      events,
      random,
      interruptions: crew.interruptions,
      inFlight: () => crew.inFlight(),
      pid: (member) => crew.pid(member),
      isRunning: (member) => crew.isRunning(member),
      end: (member, signal) => crew.end(member, signal),
      freeze: (member, ms) => crew.freeze(member, ms),
      restart: (member) => (member.role === 'worker' ? startWorker : startProducer)(member),
      settle: (timeoutMs) => poll(isSettled, { timeoutMs, everyMs: SETTLE_EVERY_MS }),
      verdict,
      report(title, more = {}) {
        const seconds = (performance.now() - startedAt) / 1_000;
        const { books } = sink;
        const { interruptions } = crew;
        const line = reportLine({ title, seed, seconds, interruptions, books, verdict: verdict() });
        const rest = Object.entries(more).map(([name, value]) => `, ${name} ${value}`);
        process.stdout.write(`${line}${rest.join('')}\n`);
      },
      close,
    };
  }

  try {
    return await start();
  } catch (error) {
    await close();
    throw error;
  }
}

/** Confirms an effect until Redis takes it, as Meta delivers an echo until it is acknowledged. */
function confirmOn(queue: Queue): (effect: Effect) => void {
  return (effect) => {
    const { lane, stepId } = effect;
    const confirm = (): void => {
      queue.confirmStep({ lane, stepId, result: null }).catch((error: unknown) => {
        if (error instanceof UnavailableError) setTimeout(confirm, 100);
      });
    };
    confirm();
  };
}
