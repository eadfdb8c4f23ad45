import type { Clock } from './clock.ts';
import { fromRedis, historyErrorOf, HistoryError } from './errors.ts';
import { recordsOf, type HistoryEvent } from './event-records.ts';
import type { HistoryObserver } from './observer.ts';
import type { Person } from './person.ts';
import { encodeRecord, toJson, type HistoryRecord, type NotesRecord } from './record.ts';
import { observeReplies, type Step } from './replies.ts';
import { streamOf, streamsOf, type HistoryRedis, type StreamOptions } from './streams.ts';

/** What a recorder takes. */
export interface RecorderOptions extends StreamOptions {
  /** Not closed by the recorder. */
  readonly redis: Pick<HistoryRedis, 'eval'>;
  readonly clock: Pick<Clock, 'now'>;
  /**
   * Records that may wait in one stream; more are refused, and counted by the observer. 1,000 records
   * take about half a megabyte of Redis' memory. Default 5,000,000: an hour and more at 1,000 a second.
   */
  readonly mostWaiting?: number;
  readonly observer?: HistoryObserver;
}

/** For `TurnPorts` of `@bot/handlers`. */
export interface RecordedTurn {
  readonly step: Step;
  /**
   * Notes what the turn came to, and waits until all of it is noted: afterwards the turn may be forgotten.
   * Whoever does without it must not skip a turn whose event comes again.
   */
  readonly onOutcome?: (outcomes: readonly RecordedOutcome[]) => Promise<void>;
}

/** What came of an event, as `@bot/handlers` tells it. */
export interface RecordedOutcome {
  readonly event: HistoryEvent;
  /** Names that the bot's code gave; nothing that a person wrote. */
  readonly notes: readonly object[];
}

/** Notes down what happens, on the way of a turn. Nothing of it ever fails or changes a turn. */
export interface Recorder {
  /**
   * Runs a turn, and notes its event, what becomes of its replies and what it came to: a turn that ends
   * has been noted, and one that is run again is noted once.
   *
   * @param step The turn's journal; what `run` is given is to be used in its place.
   *
   * @example
   * createWorker({
   *   redis,
   *   handle: ({ data }, { step, ...turn }) =>
   *     recorder.turn(data as BotEvent, step, (recorded) =>
   *       bot.handle(data as BotEvent, { ...ports, ...turn, ...recorded }),
   *     ),
   * });
   */
  turn<Result>(
    event: HistoryEvent,
    step: Step,
    run: (recorded: RecordedTurn) => Promise<Result>,
  ): Promise<Result>;
  /**
   * Has a person forgotten: all that was noted before goes, once the writer comes to it.
   *
   * @throws {HistoryError} when Redis does not take the wish.
   */
  forget(person: Person): Promise<void>;
}

/** Records that one call brings to Redis at the most. */
const MOST_AT_ONCE = 500;
const MOST_WAITING = 5_000_000;

/**
 * Notes into a stream of Redis, from which a {@link createHistoryWriter | writer} takes it. What
 * happens in one tick is one round trip a shard. A record that Redis does not take is lost, and told
 * to the observer: the queue is in the same Redis, so then the turn cannot end either, and is noted
 * when it is run again.
 *
 * A user of Redis needs `~{bot:*}:history* +eval +xadd +xlen`.
 *
 * @throws {HistoryError} when `mostWaiting` is no whole number of at least 1.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { redis, clock, mostWaiting = MOST_WAITING, observer } = options;
  if (!Number.isSafeInteger(mostWaiting) || mostWaiting < 1) {
    throw new HistoryError(
      'input',
      `mostWaiting must be a whole number of at least 1, got ${mostWaiting}.`,
    );
  }
  const streams = streamsOf(options);
  const gathered = new Map<string, Gathered>();

  async function send(stream: string): Promise<void> {
    const batch = gathered.get(stream);
    if (batch === undefined) return;
    gathered.delete(stream);
    const { records, done } = batch;
    try {
      const taken = Number(await fromRedis(redis.eval(ADD, 1, stream, mostWaiting, ...records)));
      observer?.recorded?.(taken);
      if (taken < records.length) {
        observer?.lost?.(
          records.length - taken,
          new HistoryError(
            'away',
            `${mostWaiting} records of the history wait for the database, and more are not taken. See that the writer reaches it, or raise mostWaiting.`,
          ),
        );
      }
    } catch (error) {
      observer?.lost?.(records.length, historyErrorOf(error));
    } finally {
      done.resolve();
    }
  }

  function add(person: Person, records: readonly HistoryRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const stream = streamOf(person, streams);
    let batch = gathered.get(stream);
    if (batch === undefined || batch.records.length >= MOST_AT_ONCE) {
      // A full one goes at once, and before its successor.
      void send(stream);
      batch = { records: [], done: Promise.withResolvers() };
      gathered.set(stream, batch);
      setImmediate(() => void send(stream));
    }
    batch.records.push(...records.map(encodeRecord));
    return batch.done.promise;
  }

  return {
    async turn(event, step, run) {
      const { pageId, psid = '' } = event;
      const person = { pageId, psid };
      // At once, so that an event which kills its process is noted too.
      const noted = [add(person, recordsOf(event))];
      const note = (records: readonly HistoryRecord[]): void =>
        void noted.push(add(person, records));
      const observed = observeReplies(
        event,
        step,
        () => clock.now(),
        (record) => note([record]),
      );
      const onOutcome = async (outcomes: readonly RecordedOutcome[]): Promise<void> => {
        note(outcomes.map((outcome) => notesOf(person, outcome)));
        await Promise.all(noted);
      };
      try {
        return await run({ step: observed, onOutcome });
      } finally {
        await Promise.all(noted);
      }
    },
    async forget({ pageId, psid }) {
      const stream = streamOf({ pageId, psid }, streams);
      const record = encodeRecord({ kind: 'forget', pageId, psid });
      await fromRedis(redis.eval(ADD, 1, stream, Number.MAX_SAFE_INTEGER, record));
    },
  };
}

function notesOf(person: Person, { event, notes }: RecordedOutcome): NotesRecord {
  const { id: key, timestamp: at } = event;
  return { ...person, kind: 'notes', at, key, notes: toJson(notes) };
}

interface Gathered {
  readonly records: string[];
  readonly done: PromiseWithResolvers<void>;
}

/**
 * KEYS[1] the stream, ARGV the entries it may have, and records. Returns how many were taken; those
 * that were not are the last ones.
 */
const ADD = `
local room = ARGV[1] - redis.call('XLEN', KEYS[1])
local taken = math.max(0, math.min(room, #ARGV - 1))
for i = 2, taken + 1 do
  redis.call('XADD', KEYS[1], '*', 'r', ARGV[i])
end
return taken
`;
