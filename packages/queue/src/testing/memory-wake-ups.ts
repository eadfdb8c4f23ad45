import type { Clock } from '../clock.ts';
import type { WakeUps } from '../wake-ups.ts';

interface Hint {
  readonly lane: string;
  readonly dueAt: number;
}

/** Hints that a listener looks at at once, as for jobs. */
const LOOKS_AT_ONCE = 8;
/** Timers of Node take no more than 24 days. */
const LONGEST_REST_MS = 60 * 60 * 1_000;

/**
 * Hints of one shard, shared by all who open it: closing one's side leaves them to the others. Time
 * is only waited for while somebody listens.
 */
export function createMemoryWakeUps(clock: Clock): WakeUps {
  /** By time, then by arrival. */
  const hints: Hint[] = [];
  let change = Promise.withResolvers<void>();

  function changed(): void {
    change.resolve();
    change = Promise.withResolvers<void>();
  }

  const isDue = (hint: Hint): boolean => hint.dueAt <= clock.now();

  /** Until the next hint is due, there are other hints, or a listener ends a look or closes. */
  async function rest(busy: boolean): Promise<void> {
    const waiting = new AbortController();
    const changes = change.promise.then(() => waiting.abort());
    const [next] = hints;
    if (busy || !next) return changes;
    const ms = Math.max(0, next.dueAt - clock.now());
    await clock.wait(Math.min(ms, LONGEST_REST_MS), waiting.signal);
  }

  return {
    async add(lanes, delayMs = 0) {
      const dueAt = clock.now() + Math.ceil(delayMs);
      for (const lane of lanes) {
        const index = hints.findLastIndex((hint) => hint.dueAt <= dueAt);
        hints.splice(index + 1, 0, { lane, dueAt });
      }
      changed();
    },
    waiting: async () => hints.filter(isDue).length,
    listen(look, onError) {
      const looks = new Set<Promise<void>>();
      const closing = new AbortController();

      function begin({ lane }: Hint): void {
        const looking = look([lane])
          .catch(onError)
          .finally(() => {
            looks.delete(looking);
            changed();
          });
        looks.add(looking);
      }

      async function run(): Promise<void> {
        while (!closing.signal.aborted) {
          for (let [next] = hints; next && isDue(next); [next] = hints) {
            if (looks.size >= LOOKS_AT_ONCE) break;
            hints.shift();
            begin(next);
          }
          await rest(looks.size >= LOOKS_AT_ONCE);
        }
        await Promise.all(looks);
      }

      const running = run();
      return {
        close() {
          closing.abort();
          changed();
          return running;
        },
      };
    },
    async close() {},
  };
}
