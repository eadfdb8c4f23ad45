import type { EmulatorChange } from './state.ts';

/** Who is told what happens. */
export interface Changes {
  subscribe(listener: (change: EmulatorChange) => void): () => void;
  tell(change: EmulatorChange): void;
}

export function createChanges(): Changes {
  const listeners = new Set<(change: EmulatorChange) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(change) {
      for (const listener of listeners) {
        try {
          listener(change);
        } catch (error) {
          // A listener's mistake is its owner's to see, and not the next listener's to suffer.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
