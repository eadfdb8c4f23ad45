import { isCode } from './deletion.ts';

/** How far a wish to be forgotten has come, and since when, in ms since 1970. */
export type DeletionState =
  | { readonly kind: 'received' | 'done'; readonly atMs: number }
  /** Given up on after {@link TRY_FOR_MS}: done but for so many Pages that could not be asked. */
  | { readonly kind: 'partly'; readonly atMs: number; readonly pages: number };

/** What became of wishes to be forgotten, by their codes. It holds nothing of the people. */
export interface DeletionRecords {
  /** Changes nothing of one that is known. */
  received(code: string, atMs: number): Promise<void>;
  done(code: string, atMs: number): Promise<void>;
  partly(code: string, atMs: number, pages: number): Promise<void>;
  /** `undefined` for a code that nobody was given, or that was forgotten. */
  read(code: string): Promise<DeletionState | undefined>;
}

/** What the records need of Redis; a connection of ioredis fits, to a Cluster as well. */
export interface RecordCommands {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, px: 'PX', ms: number): Promise<unknown>;
  set(key: string, value: string, px: 'PX', ms: number, nx: 'NX'): Promise<unknown>;
}

const PREFIX = 'bot:deletion:';
const KEEP_MS = 90 * 24 * 60 * 60 * 1_000;

/**
 * Records in Redis, each one string, `received <ms>`, `done <ms>` or `partly <ms> <pages>`, kept for
 * 90 days.
 *
 * A user of Redis needs `~bot:deletion:* +get +set`.
 *
 * @param redis Not closed by the records.
 */
export function createDeletionRecords(redis: RecordCommands): DeletionRecords {
  return {
    async received(code, atMs) {
      await redis.set(PREFIX + code, `received ${atMs}`, 'PX', KEEP_MS, 'NX');
    },
    async done(code, atMs) {
      await redis.set(PREFIX + code, `done ${atMs}`, 'PX', KEEP_MS);
    },
    async partly(code, atMs, pages) {
      await redis.set(PREFIX + code, `partly ${atMs} ${pages}`, 'PX', KEEP_MS);
    },
    async read(code) {
      const held = isCode(code) ? await redis.get(PREFIX + code) : null;
      const [, kind, at, pages] =
        /^(received|done|partly) (\d+)(?: (\d+))?$/.exec(held ?? '') ?? [];
      const atMs = Number(at);
      if (kind === 'partly' && pages !== undefined) return { kind, atMs, pages: Number(pages) };
      return kind === 'received' || kind === 'done' ? { kind, atMs } : undefined;
    },
  };
}
