/** What is known of a lane's oldest event once an attempt at it was counted. */
export interface HeadState {
  /** Of the lease that is held, or was not given back. */
  readonly epoch: string | undefined;
  /** Which turn under the epoch. */
  readonly turn: number;
  /** When the lease ends, and before when there is no further attempt. */
  readonly until: number;
  readonly due: number;
  readonly attempts: number;
  /** How many of the last attempts ended without a word. */
  readonly lost: number;
  readonly steps: Map<string, string>;
  /** What went wrong, by attempt. */
  readonly failures: Map<number, string>;
}

/** A lane that holds events; it is gone when it is empty. */
export interface MemoryLane {
  /** As `encodeEvent` writes them, oldest first. */
  readonly entries: string[];
  head: HeadState | undefined;
  /** The time by which somebody must have touched the lane. */
  touchBy: number;
  /** Since when it has been ready for a worker; in the future while it waits for its time. */
  readySince: number | undefined;
}

/** Of an event at which no attempt was made. */
export const untried = (): HeadState => ({
  epoch: undefined,
  turn: 1,
  until: 0,
  due: 0,
  attempts: 0,
  lost: 0,
  steps: new Map(),
  failures: new Map(),
});

/** Puts an entry at its place in time, behind a head whose turn may be running. */
export function place({ entries, head }: MemoryLane, entry: string): void {
  const first = head ? 1 : 0;
  let index = entries.length;
  while (index > first && timeOf(entries[index - 1]) > timeOf(entry)) index -= 1;
  entries.splice(index, 0, entry);
}

/** In nobody's hands, and its time has come. */
export function isFree({ head }: MemoryLane, now: number): boolean {
  return head === undefined || (head.until <= now && head.due <= now);
}

const timeOf = (entry = ''): number => Number.parseInt(entry, 10);
