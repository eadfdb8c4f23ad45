import type { HistoryError } from './errors.ts';

/** Told of what happens to records; for metrics and logs. It must not throw. */
export interface HistoryObserver {
  /** Records were put into a stream. */
  recorded?(count: number): void;
  /** Records could not be put into a stream, and are nowhere. */
  lost?(count: number, error: HistoryError): void;
  /** A batch was committed; `ms` from reading it to the commit. */
  wrote?(batch: { readonly records: number; readonly ms: number }): void;
  /** A record that can never be written was put aside. */
  rejected?(reason: string): void;
  /** The database cannot be used; told once, until it can be again. */
  away?(error: HistoryError): void;
  /** It can be used again. */
  back?(): void;
  /** Partitions that were older than what is kept were dropped. */
  dropped?(partitions: readonly string[]): void;
}
