import { HistoryError } from './errors.ts';

/** A place between two messages: the time and the number of the one before which it lies. */
export interface Place {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly id: string;
  /** Of a search: whether the hits there have the words as they were written. */
  readonly exact?: boolean;
}

/** As text that says nothing of its own to whoever hands it back. */
export function encodeCursor({ at, id, exact }: Place): string {
  return Buffer.from(JSON.stringify([at, id, exact])).toString('base64url');
}

/** @throws {HistoryError} of kind `input` for what no answer had. */
export function decodeCursor(cursor: string): Place {
  try {
    const [at, id, exact] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof at === 'number' && typeof id === 'string' && /^\d{1,19}$/.test(id)) {
      return { at, id, exact: exact === true };
    }
  } catch {
    // As below.
  }
  throw new HistoryError('input', 'The cursor is none that an answer of the history had.');
}
