import { pino, type DestinationStream, type Logger } from 'pino';
import type { Pseudonyms } from './pseudonyms.ts';

export interface LogOptions {
  /** Stands in each line. */
  readonly name: string;
  readonly level: string;
  readonly pseudonyms: Pseudonyms;
  /** Where lines go. Default: standard output. */
  readonly destination?: DestinationStream;
}

/** A log whose lines name no person, whoever writes them and whatever an error quotes. */
export function createLog({ name, level, pseudonyms, destination }: LogOptions): Logger {
  return pino(
    { name, level, hooks: { streamWrite: (line) => pseudonyms.hide(line) } },
    destination,
  );
}
