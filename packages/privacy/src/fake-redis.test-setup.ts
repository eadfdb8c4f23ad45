import type { RecordCommands } from './records.ts';

/** Of Redis what the records need; `keptMs` is for how long a key is kept. */
export interface FakeRedis extends RecordCommands {
  readonly values: Map<string, string>;
  readonly keptMs: Map<string, number>;
}

export function createFakeRedis(): FakeRedis {
  const values = new Map<string, string>();
  const keptMs = new Map<string, number>();
  return {
    values,
    keptMs,
    get: async (key) => values.get(key) ?? null,
    async set(key: string, value: string, _px: 'PX', ms: number, nx?: 'NX') {
      if (nx === 'NX' && values.has(key)) return;
      values.set(key, value);
      keptMs.set(key, ms);
    },
  };
}
