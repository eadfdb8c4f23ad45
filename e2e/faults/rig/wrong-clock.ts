/**
 * A clock that a test sets wrong for all processes of a run in the same moment. How wrong it is
 * stands in a small file that every look at the clock reads.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By how many ms the clocks are ahead of the right time; below 0 they are behind. */
export interface Deviation {
  /** The time of the queue's scripts, which is Redis' own. */
  readonly redis: number;
  /** `Date.now` in workers and producers. */
  readonly machines: number;
}

/** Made by {@link createWrongClock}. */
export interface WrongClock {
  /** What a process needs to follow it, see {@link followClock}. */
  readonly path: string;
  /** The right time until it is set. */
  set(deviation: Deviation): void;
  /** For the queue's option of that name. */
  readonly scriptTime: () => number;
  close(): void;
}

const BYTES = 8;

export function createWrongClock(): WrongClock {
  const folder = mkdtempSync(join(tmpdir(), 'messenger-bot-clock-'));
  const path = join(folder, 'deviation');
  const file = openSync(path, 'w+');
  let now: Deviation = { redis: 0, machines: 0 };
  const set = (deviation: Deviation): void => {
    now = deviation;
    writeSync(file, Float64Array.of(deviation.redis, deviation.machines), 0, 2 * BYTES, 0);
  };
  set(now);
  return {
    path,
    set,
    scriptTime: () => Date.now() + now.redis,
    close() {
      closeSync(file);
      rmSync(folder, { recursive: true });
    },
  };
}

/** From now on this process' `Date.now` is as wrong as the clock; timers and deadlines are not. */
export function followClock(path: string): { scriptTime(): number } {
  const file = openSync(path, 'r');
  const rightNow = Date.now.bind(Date);
  const deviation = (place: number): number => {
    const read = new Float64Array(1);
    readSync(file, read, 0, BYTES, place * BYTES);
    return read[0] ?? 0;
  };
  Date.now = () => rightNow() + deviation(1);
  return { scriptTime: () => rightNow() + deviation(0) };
}
