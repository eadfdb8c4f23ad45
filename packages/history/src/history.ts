import type { Clock } from './clock.ts';
import { openConversation, type ConversationHistory } from './conversation.ts';
import type { HistoryDatabase } from './database.ts';
import { HistoryError } from './errors.ts';
import { exportPerson } from './export.ts';
import type { Person } from './person.ts';
import { createReading, type Unavailable } from './reading.ts';
import { searchMessages, type FoundHits, type SearchOptions } from './search.ts';

/** What a history takes. */
export interface HistoryOptions {
  /** Not closed by the history. */
  readonly database: HistoryDatabase;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** How long anybody waits for an answer, so that no turn is held up. Default 500 ms. */
  readonly timeLimitMs?: number;
}

/** Reads what was kept. What was noted a moment ago may not be there yet: it is written in batches. */
export interface History {
  /** One conversation's; asks nothing yet. */
  conversation(person: Person): ConversationHistory;
  /**
   * Finds messages that have all words of a text; "bang gia" finds "Bảng giá", and the other way
   * round. What was written with the accents of the text comes first.
   *
   * @throws {HistoryError} of kind `input` for a number or a cursor that cannot be.
   */
  search(text: string, options?: SearchOptions): Promise<FoundHits | Unavailable>;
  /**
   * All that is kept of a person, the oldest first, each as a line of JSON: for whoever asks for their
   * data. It takes the time it takes, and throws {@link HistoryError} when the database does not answer.
   *
   * @example
   * for await (const line of history.export({ pageId, psid })) file.write(`${line}\n`);
   */
  export(person: Person): AsyncIterable<string>;
}

/**
 * Opens the history for reading. An answer is `found`, or `unavailable` when the database does not
 * give one in time: that is no error of whoever asks, and says nothing of the person.
 *
 * @example
 * const history = createHistory({ database, clock: systemClock });
 * const answer = await history.conversation({ pageId, psid }).last(20);
 * if (answer.kind === 'found') show(answer.messages);
 *
 * @throws {HistoryError} when `timeLimitMs` is not above 0.
 */
export function createHistory(options: HistoryOptions): History {
  const { database, clock, timeLimitMs = 500 } = options;
  if (!(timeLimitMs > 0)) {
    throw new HistoryError('input', `timeLimitMs must be above 0, got ${timeLimitMs}.`);
  }
  const reading = createReading(timeLimitMs, clock);
  return {
    conversation: (person) => openConversation(person, { database, reading }),
    search: (text, how = {}) => reading(() => searchMessages(database, text, how)),
    export: (person) => exportPerson(database, person),
  };
}
