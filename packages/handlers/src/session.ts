import { SessionError, SetupError } from './errors.ts';

/** What a bot keeps of a conversation. */
export interface SessionOptions<Session> {
  /** What a conversation begins with, and begins with again after its session expired. */
  readonly initial: () => Session;
  /**
   * By version, from 1 without a gap: makes a session of that version into one of the next. The
   * code's own version is one more than the last of them.
   */
  readonly migrations?: readonly ((old: never) => unknown)[];
  /** Time without any turn after which it is forgotten. Default 30 days. */
  readonly expireMs?: number;
}

/** A session as it is kept: data of one version. */
export interface SessionData {
  readonly version: number;
  readonly value: unknown;
}

const DEFAULT_EXPIRE_MS = 30 * 24 * 60 * 60 * 1_000;

/** The rules of a bot's sessions. */
export interface SessionRules<Session> {
  readonly version: number;
  readonly expireMs: number;
  /** @throws {SessionError} for a session that newer code wrote. */
  read(data: SessionData | undefined): Session;
}

/** @throws {SetupError} for an `expireMs` that is no time. */
export function createSessionRules<Session>({
  initial,
  migrations = [],
  expireMs = DEFAULT_EXPIRE_MS,
}: SessionOptions<Session>): SessionRules<Session> {
  // A store must be able to count it.
  if (!(expireMs > 0 && expireMs <= Number.MAX_SAFE_INTEGER)) {
    throw new SetupError(
      `session.expireMs must be above 0 milliseconds and finite, got ${expireMs}.`,
    );
  }
  const version = migrations.length + 1;
  return {
    version,
    expireMs,
    read(data) {
      if (data === undefined) return initial();
      if (data.version > version) {
        throw new SessionError(
          `A session of version ${data.version} is kept, and this bot knows version ${version}: a newer one runs beside it. The event waits for the newer one.`,
        );
      }
      let { value } = data;
      for (const migrate of migrations.slice(data.version - 1)) value = migrate(value as never);
      return value as Session;
    },
  };
}
