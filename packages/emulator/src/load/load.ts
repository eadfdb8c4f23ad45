import { createEmulator } from '../running-emulator.ts';
import type { Fault } from '../faults/faults.ts';
import { problemOf } from '../webhook/handshake.ts';
import type { Emulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';
import { newPsid, systemRandom } from '../random.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Books, createBooks, type Tally } from './books.ts';
import { keepPace } from './pace.ts';

/** What a load is. */
export interface LoadOptions {
  readonly emulator: EmulatorOptions;
  /** How many people write, in turns. */
  readonly people: number;
  /** Messages a second, of all together. */
  readonly rate: number;
  readonly forMs: number;
  /** How long to wait for answers after the last message. */
  readonly patienceMs: number;
  /** An answer after more than this is late. */
  readonly lateMs: number;
  readonly faults: readonly Fault[];
}

/** How far it has come, or what came of it. */
export interface LoadReport extends Tally {
  readonly ms: number;
  readonly deliveries: number;
  /** Attempts that were not answered 200. */
  readonly refused: number;
  /** What is wrong with the webhook; undefined when it took the last delivery. */
  readonly problem: string | undefined;
  readonly latencies: Books['latencies'];
  readonly powers: Books['powers'];
}

/** When all is answered, a second answer may still be on its way. */
const LAST_LOOK_MS = 1_000;

/** Of a conversation only what is under way matters, so that an hour fits into memory. */
const HISTORY = 10;

/**
 * Lets people write at a rate, and keeps the books of what is answered.
 *
 * @param onProgress Told once a second.
 * @param signal Ends it; what is under way is not waited for.
 * @example
 * ```ts
 * const report = await runLoad({ emulator, people: 5000, rate: 1000, forMs: 60_000,
 *   patienceMs: 30_000, lateMs: 5_000, faults: [] }, console.log, AbortSignal.timeout(90_000));
 * ```
 */
export async function runLoad(
  options: LoadOptions,
  onProgress: (report: LoadReport) => void,
  signal: AbortSignal,
): Promise<LoadReport> {
  const clock = options.emulator.clock ?? systemClock;
  const emulator = await createEmulator({ ...options.emulator, people: [], history: HISTORY });
  const books = createBooks(options.lateMs);
  const watch = watchEmulator(emulator, books, () => clock.now());
  const begun = clock.now();
  const report = (): LoadReport => ({
    ...books.tally(),
    ...watch.figures(),
    ms: clock.now() - begun,
    latencies: books.latencies,
    powers: books.powers,
  });
  const ticking = new AbortController();
  const ticks = tellEachSecond(clock, ticking.signal, () => onProgress(report()));
  try {
    for (const fault of options.faults) emulator.inject(fault);
    const psids = peopleOf(options);
    const pace = { perSecond: options.rate, forMs: options.forMs };
    await keepPace(pace, clock, signal, (dueAt, index) => {
      const psid = psids[index % psids.length] ?? '';
      emulator.say(psid, books.sent(psid, dueAt));
    });
    await settled(emulator, books, clock.sleep(options.patienceMs, ticking.signal));
    await clock.sleep(LAST_LOOK_MS, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    ticking.abort();
    await ticks;
    await emulator.close();
  }
  return report();
}

/** Until it is stopped. */
async function tellEachSecond(clock: Clock, stop: AbortSignal, tell: () => void): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(1_000, stop);
      tell();
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

/** New ids for each run: a bot must not take them for people it knows. */
function peopleOf({ people, emulator }: LoadOptions): readonly string[] {
  const random = emulator.random ?? systemRandom;
  return Array.from({ length: people }, () => newPsid(random));
}

/** Notes what the emulator tells. */
function watchEmulator(
  emulator: Emulator,
  books: Books,
  now: () => number,
): { figures: () => Pick<LoadReport, 'deliveries' | 'refused' | 'problem'> } {
  const figures = { deliveries: 0, refused: 0 };
  emulator.subscribe((change) => {
    if (change.kind === 'message' && change.message.direction === 'in') {
      if (change.message.status === 'delivered') {
        books.answered(change.psid, change.message.text ?? '', now());
      }
    } else if (change.kind === 'delivery') {
      const last = change.delivery.attempts.at(-1);
      if (last === undefined) return;
      figures.deliveries += 1;
      if (last.status !== 200) figures.refused += 1;
    }
  });
  return {
    figures: () => ({ ...figures, problem: problemOf(emulator.state.webhookStatus ?? 200) }),
  };
}

/** Resolves when everything is answered, or when patience is at its end. */
function settled(emulator: Emulator, books: Books, patience: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe();
      resolve();
    };
    const unsubscribe = emulator.subscribe(({ kind }) => {
      if (kind === 'message' && books.tally().open === 0) end();
    });
    void patience.then(end, end);
    if (books.tally().open === 0) end();
  });
}
