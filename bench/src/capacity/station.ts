import type { Agenda } from './agenda.ts';

/** A process that does one thing at a time. */
export interface Station {
  /** Waits its turn, takes so much of the process's CPU, and goes on. */
  visit(workMs: number, goOn: () => void): void;
  /** CPU time used so far, in ms. */
  readonly busyMs: number;
}

interface Visit {
  readonly workMs: number;
  readonly goOn: () => void;
}

/**
 * First come, first served. With `flushMs` it works as Redis with `appendfsync always`: it does all
 * that has come in, waits once for the disk, and only then answers all of it.
 */
export function createStation(agenda: Agenda, flushMs = 0): Station {
  let waiting: Visit[] = [];
  let next = 0;
  let isBusy = false;
  let busyMs = 0;

  /** What is done before the next look at what came in. */
  function take(): readonly Visit[] {
    if (flushMs === 0) return waiting.slice(next, (next += 1));
    next = waiting.length;
    return waiting;
  }
  function begin(): void {
    isBusy = next < waiting.length;
    if (!isBusy) return;
    const visits = take();
    if (next === waiting.length) [waiting, next] = [[], 0];
    const workMs = visits.reduce((sum, visit) => sum + visit.workMs, 0);
    busyMs += workMs;
    agenda.after(workMs + flushMs, () => {
      for (const { goOn } of visits) goOn();
      begin();
    });
  }

  return {
    visit(workMs, goOn) {
      waiting.push({ workMs, goOn });
      if (!isBusy) begin();
    },
    get busyMs() {
      return busyMs;
    },
  };
}
