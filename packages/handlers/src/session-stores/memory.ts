import type { SessionStore, StoredSession } from '../session-store.ts';

/** How a process keeps sessions. */
export interface MemorySessionStoreOptions {
  /** The time in milliseconds. */
  readonly now: () => number;
  /** How many are kept; beyond that the least recently saved go first. Default 100,000. */
  readonly mostSessions?: number;
}

/**
 * Sessions in this process's memory: for tests, and for bots that run as one process and may forget.
 *
 * @throws {RangeError} when `mostSessions` is not a whole number of at least 1.
 *
 * @example
 * const store = createMemorySessionStore({ now: Date.now });
 */
export function createMemorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { now, mostSessions = 100_000 } = options;
  if (!Number.isInteger(mostSessions) || mostSessions < 1) {
    throw new RangeError(`mostSessions must be a whole number of at least 1, got ${mostSessions}.`);
  }
  /** The least recently saved first. */
  const sessions = new Map<string, StoredSession & { readonly expiresAt: number }>();
  /** One for all: a version that was once loaded is nobody's again after a delete. */
  let versions = 0;

  function find(id: string): StoredSession | undefined {
    const held = sessions.get(id);
    if (held === undefined || held.expiresAt > now()) return held;
    sessions.delete(id);
    return undefined;
  }

  return {
    async load(id) {
      const held = find(id);
      return held && { text: held.text, version: held.version };
    },
    async save({ id, text, version, expireMs }) {
      if ((find(id)?.version ?? 0) !== version) return false;
      versions += 1;
      sessions.delete(id);
      sessions.set(id, { text, version: versions, expiresAt: now() + expireMs });
      const [oldest] = sessions.keys();
      if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest);
      return true;
    },
    async delete(id) {
      sessions.delete(id);
    },
  };
}
