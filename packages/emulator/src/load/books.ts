import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** What became of the messages so far. */
export interface Tally {
  readonly sent: number;
  readonly answered: number;
  /** Answered, but after more than the time that counts as late. */
  readonly late: number;
  /** Not answered yet; lost, when nothing comes any more. */
  readonly open: number;
  /** Answers to what had been answered. */
  readonly doubled: number;
  /** Answered after an answer to something that the person wrote later. */
  readonly outOfOrder: number;
}

/** Keeps the books: each message that was sent must be answered once, in the person's order. */
export interface Books {
  /** A person writes; answers the text, in which the books find it again. */
  sent(psid: string, dueAt: number): string;
  /** The Page says something to the person. */
  answered(psid: string, text: string, at: number): void;
  tally(): Tally;
  /** From when a message was due until its answer, in whole milliseconds, 1 at the least. */
  readonly latencies: RecordableHistogram;
  /** How many took up to 2 to the power of the index, and longer than those before. */
  readonly powers: readonly number[];
}

interface Waiting {
  readonly number: number;
  readonly dueAt: number;
}

interface PersonBooks {
  written: number;
  latestAnswered: number;
  /** The oldest first. */
  readonly waiting: Waiting[];
}

/** A word that no bot says by itself, so that an answer that repeats it says what it answers. */
const pattern = /#load-(\d+)/;

/**
 * An answer that repeats the text is known by it. Any other is taken for the answer to the oldest
 * message that has none, so that a bot that does not repeat must answer each with one message.
 */
export function createBooks(lateMs: number): Books {
  const people = new Map<string, PersonBooks>();
  const latencies = createHistogram();
  const powers: number[] = [];
  const counts = { sent: 0, answered: 0, late: 0, doubled: 0, outOfOrder: 0 };

  function settle(person: PersonBooks, index: number, at: number): void {
    const [found] = person.waiting.splice(index, 1);
    if (found === undefined) return;
    const ms = at - found.dueAt;
    const whole = Math.max(1, Math.round(ms));
    latencies.record(whole);
    const power = Math.ceil(Math.log2(whole));
    powers[power] = (powers[power] ?? 0) + 1;
    counts.answered += 1;
    if (ms > lateMs) counts.late += 1;
    if (found.number < person.latestAnswered) counts.outOfOrder += 1;
    person.latestAnswered = Math.max(person.latestAnswered, found.number);
  }

  return {
    latencies,
    powers,
    sent(psid, dueAt) {
      const person = people.get(psid) ?? { written: 0, latestAnswered: 0, waiting: [] };
      people.set(psid, person);
      person.written += 1;
      person.waiting.push({ number: person.written, dueAt });
      counts.sent += 1;
      return `xin chào #load-${person.written}`;
    },
    answered(psid, text, at) {
      const person = people.get(psid);
      if (person === undefined) return;
      const [, word] = pattern.exec(text) ?? [];
      const index =
        word === undefined ? 0 : person.waiting.findIndex(({ number }) => number === Number(word));
      if (index === -1 || person.waiting.length === 0) counts.doubled += 1;
      else settle(person, index, at);
    },
    tally: () => ({ ...counts, open: counts.sent - counts.answered }),
  };
}
