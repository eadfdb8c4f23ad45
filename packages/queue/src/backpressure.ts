import type { Clock } from './clock.ts';
import { InputError } from './errors.ts';

/** How much a queue may hold. */
export interface PressureLimits {
  /** Events in lanes. */
  readonly events: number;
  /** For how long a lane has been ready and no worker took it, in ms. */
  readonly ageMs: number;
  /** Share of its memory that Redis uses, from 0 to 1: of `maxmemory`, else of its machine's. */
  readonly memory: number;
}

/** From where on a queue is slow, and from where on it refuses events. */
export interface BackpressureOptions {
  /** Default: 100,000 events, 10 s, 0.7 of the memory. */
  readonly slow?: Partial<PressureLimits>;
  /**
   * Default: 1,000,000 events, 0.9 of the memory, and no limit of age: when every worker is away,
   * events are better kept than refused.
   */
  readonly refuse?: Partial<PressureLimits>;
  /** How old what is known of the queue may be, in ms. Default 500. */
  readonly everyMs?: number;
}

/** Whether the queue keeps up. At `refuse` it takes no events. */
export type Pressure =
  | { readonly level: 'ok' }
  | { readonly level: 'slow' | 'refuse'; readonly reason: string };

const defaults = {
  slow: { events: 100_000, ageMs: 10_000, memory: 0.7 },
  refuse: { events: 1_000_000, ageMs: Infinity, memory: 0.9 },
  everyMs: 500,
} as const satisfies Required<BackpressureOptions>;

/** What is known of a queue's pressure; measured anew when somebody asks, in the background. */
export interface PressureGauge {
  /** As last measured; `ok` before that. */
  read(): Pressure;
}

/** @throws {InputError} a limit is no number of at least 0. */
export function createPressureGauge(
  measure: () => Promise<PressureLimits>,
  options: BackpressureOptions,
  clock: Clock,
): PressureGauge {
  const slow = withDefaults('slow', options.slow);
  const refuse = withDefaults('refuse', options.refuse);
  const everyMs = options.everyMs ?? defaults.everyMs;
  let known: Pressure = { level: 'ok' };
  let askedAt = -Infinity;

  async function refresh(): Promise<void> {
    try {
      const load = await measure();
      const refused = exceeded(load, refuse);
      const slowed = refused ?? exceeded(load, slow);
      known =
        slowed === undefined
          ? { level: 'ok' }
          : { level: refused === undefined ? 'slow' : 'refuse', reason: slowed };
    } catch {
      // While Redis is away adding fails by itself, and says why.
    }
  }

  return {
    read() {
      if (clock.monotonic() - askedAt >= everyMs) {
        askedAt = clock.monotonic();
        void refresh();
      }
      return known;
    },
  };
}

/** Which limit is reached, in words. */
function exceeded(load: PressureLimits, limits: PressureLimits): string | undefined {
  if (load.events >= limits.events) return `${load.events} events wait, of ${limits.events}`;
  if (load.ageMs >= limits.ageMs) {
    return `a lane has waited ${load.ageMs} ms for a worker, of ${limits.ageMs}`;
  }
  if (load.memory >= limits.memory) {
    return `Redis uses ${Math.round(load.memory * 100)} % of its memory, of ${limits.memory * 100} %`;
  }
  return undefined;
}

function withDefaults(
  level: 'slow' | 'refuse',
  given: Partial<PressureLimits> = {},
): PressureLimits {
  for (const [name, value] of Object.entries(given)) {
    if (!(value >= 0)) {
      throw new InputError(`backpressure.${level}.${name} must be at least 0, got ${value}.`);
    }
  }
  return { ...defaults[level], ...given };
}
