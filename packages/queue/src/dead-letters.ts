import { UnavailableError } from './errors.ts';
import { decodeEntry, type QueueEvent } from './events.ts';
import { stepProgress, type StepProgress } from './step-state.ts';

/** Why an attempt failed. */
export interface Failure {
  readonly attempt: number;
  /** The error's name and message. */
  readonly name: string;
  readonly message: string;
}

/** An event that was given up on. */
export interface DeadLetter {
  readonly event: QueueEvent;
  /** Why, attempt by attempt; the last one decided. */
  readonly failures: readonly Failure[];
  /** How far its steps have come, by name. */
  readonly steps: Readonly<Record<string, StepProgress>>;
  /** When it was given up, in ms since 1970. */
  readonly at: number;
}

/**
 * @param entry As it was buried.
 * @param failures As JSON.
 */
export function readDeadLetter(
  lane: string,
  entry: string,
  failures: string,
  at: number,
): DeadLetter {
  const { event, steps } = decodeEntry(lane, entry);
  return {
    event,
    failures: JSON.parse(failures) as Failure[],
    steps: Object.fromEntries([...steps].map(([name, state]) => [name, stepProgress(state)])),
    at,
  };
}

/** Events that were given up on, kept until somebody decides. */
export interface DeadLetters {
  /**
   * The newest ones.
   *
   * @param options `limit`: how many at the most, default 100. `before`: older ones than this time,
   *   in ms since 1970, to go on where a list ended.
   *
   * @example
   * for (const { event, failures } of await queue.deadLetters.list()) {
   *   console.log(event.id, failures.at(-1)?.message);
   * }
   */
  list(options?: { readonly limit?: number; readonly before?: number }): Promise<DeadLetter[]>;
  /** One of them, by the event's id. */
  get(id: string): Promise<DeadLetter | undefined>;
  /**
   * Puts the event back into its lane, at its place in time, with all its attempts before it; steps
   * that are done are not run again. Answers false when there is no such dead letter.
   */
  replay(id: string): Promise<boolean>;
  /** Forgets the event. Answers false when there is no such dead letter. */
  drop(id: string): Promise<boolean>;
}

/** One shard's. `remove` answers the lane of the event, which needs a wake-up after a replay. */
export interface DeadLetterBox {
  list(limit: number, before: number): Promise<DeadLetter[]>;
  get(id: string): Promise<DeadLetter | undefined>;
  remove(how: 'replay' | 'drop', id: string): Promise<string | undefined>;
}

/** Those of all shards. */
export function createDeadLetters(
  boxes: readonly DeadLetterBox[],
  wake: (lanes: readonly string[]) => Promise<void>,
): DeadLetters {
  /** The first answer that is one: an id does not tell its shard. */
  async function first<Answer>(
    ask: (box: DeadLetterBox) => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const answers = await reached(boxes.map(ask));
    return answers.find((answer) => answer !== undefined);
  }

  return {
    async list({ limit = 100, before = Infinity } = {}) {
      const lists = await reached(boxes.map((box) => box.list(limit, before)));
      return lists
        .flat()
        .toSorted((one, other) => other.at - one.at)
        .slice(0, limit);
    },
    get: (id) => first((box) => box.get(id)),
    async replay(id) {
      const lane = await first((box) => box.remove('replay', id));
      if (lane !== undefined) await wake([lane]);
      return lane !== undefined;
    },
    drop: async (id) => (await first((box) => box.remove('drop', id))) !== undefined,
  };
}

async function reached<Answer>(answers: readonly Promise<Answer>[]): Promise<Answer[]> {
  try {
    return await Promise.all(answers);
  } catch (error) {
    const message = 'Redis did not answer about dead letters. Ask again.';
    throw new UnavailableError(message, { cause: error });
  }
}
