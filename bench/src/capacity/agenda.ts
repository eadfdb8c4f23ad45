/** What is due when, in simulated milliseconds. */
export interface Agenda {
  readonly now: number;
  after(ms: number, act: () => void): void;
  /** Does all that is due up to then, in order of time. */
  run(untilMs: number): void;
}

interface Entry {
  readonly at: number;
  readonly act: () => void;
}

/** A binary heap; of what is due at the same time no order is promised. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let now = 0;

  const at = (index: number): number => heap[index]?.at ?? Infinity;
  function swap(one: number, other: number): void {
    [heap[one], heap[other]] = [heap[other] as Entry, heap[one] as Entry];
  }
  function takeFirst(): Entry | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const sooner = at(left + 1) < at(left) ? left + 1 : left;
      if (at(sooner) >= at(index)) return first;
      swap(index, sooner);
      index = sooner;
    }
  }

  return {
    get now() {
      return now;
    },
    after(ms, act) {
      heap.push({ at: now + ms, act });
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (at(parent) <= at(index)) return;
        swap(index, parent);
        index = parent;
      }
    },
    run(untilMs) {
      while (at(0) <= untilMs) {
        const next = takeFirst();
        now = next?.at ?? now;
        next?.act();
      }
      now = untilMs;
    },
  };
}
