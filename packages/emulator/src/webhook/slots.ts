/** At most so many things at once. */
export interface Slots {
  /** Takes a slot if one is free and nobody waits for it. */
  tryTake(): boolean;
  /** Resolves with a slot, first come first served. */
  take(): Promise<void>;
  give(): void;
}

/** @param onFree A slot is free and nobody waits. */
export function createSlots(count: number, onFree: () => void): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    tryTake() {
      if (free === 0) return false;
      free -= 1;
      return true;
    },
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give() {
      // Handed over, not freed and taken again: nobody can slip in between.
      const next = waiting.shift();
      if (next !== undefined) return next();
      free += 1;
      onFree();
    },
  };
}
