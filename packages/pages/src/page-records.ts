import { z } from 'zod';
import type { PageTrouble } from './page-trouble.ts';

/** What is known of a Page. Times are milliseconds since 1970. */
export interface PageRecord {
  readonly pageId: string;
  readonly name?: string | undefined;
  /** When its token and its subscription were last looked at. */
  readonly checkedAt?: number | undefined;
  /** Tells the settings with which it was then looked at from others, and gives none of them away. */
  readonly checkedWith?: string | undefined;
  /** The kind of trouble that was then found, if any. */
  readonly foundTrouble?: string | undefined;
  readonly trouble?: PageTrouble | undefined;
  /** Webhook fields that it does not send and should. */
  readonly missingFields?: readonly string[] | undefined;
  /** When somebody last said something to it. */
  readonly heardAt?: number | undefined;
  /** Since when it has been silent, although it used to talk. */
  readonly silentSince?: number | undefined;
}

/** What a check finds out. */
export interface Checked {
  readonly checkedAt: number;
  readonly checkedWith: string;
  readonly foundTrouble?: string | undefined;
  readonly name: string;
  readonly missingFields: readonly string[];
}

/** What all workers know of the Pages. Each method that answers a boolean says whether it changed something. */
export interface PageRecords {
  list(): Promise<PageRecord[]>;
  /** True for one asker in so many milliseconds. */
  claim(what: string, forMs: number): Promise<boolean>;
  noteCheck(pageId: string, checked: Checked): Promise<void>;
  noteTrouble(pageId: string, trouble: PageTrouble): Promise<boolean>;
  clearTrouble(pageId: string): Promise<boolean>;
  /** Lets go of all but its hours, which end by themselves. */
  forget(pageId: string): Promise<void>;
  noteHeard(pageId: string, at: number, hour: number): Promise<void>;
  /** Hours since 1970 in which it was heard, of the last three weeks. */
  hours(pageId: string): Promise<number[]>;
  noteSilence(pageId: string, since: number): Promise<boolean>;
  clearSilence(pageId: string): Promise<boolean>;
}

/** What the records need of Redis; a connection of ioredis fits, to a Cluster as well. */
export interface RedisCommands {
  hgetall(key: string): Promise<Record<string, string>>;
  hset(key: string, field: string, value: string | number): Promise<number>;
  hsetnx(key: string, field: string, value: string | number): Promise<number>;
  hdel(key: string, field: string): Promise<number>;
  set(key: string, value: string, px: 'PX', ms: number, nx: 'NX'): Promise<'OK' | null>;
  zadd(key: string, score: number, member: string): Promise<unknown>;
  zrange(key: string, start: number, stop: string): Promise<string[]>;
  zremrangebyrank(key: string, start: number, stop: number): Promise<unknown>;
  pexpire(key: string, ms: number): Promise<unknown>;
}

const KEPT_HOURS = 3 * 7 * 24;
const KEPT_MS = KEPT_HOURS * 60 * 60 * 1_000;

const trouble = z.object({
  kind: z.string(),
  since: z.number(),
  until: z.number().optional(),
  reason: z.string(),
  remedy: z.string(),
  settings: z.string().optional(),
});
const checked = z.object({
  checkedAt: z.number(),
  checkedWith: z.string().optional(),
  foundTrouble: z.string().optional(),
  name: z.string(),
  missingFields: z.array(z.string()),
});
const time = z.coerce.number();

/**
 * Records in Redis: a hash for each thing that is known, by the Pages' ids, and a sorted set of hours
 * for each Page. Each command is about one key, so a Cluster may spread them.
 *
 * A user of Redis needs `~bot:pages:* +hgetall +hset +hsetnx +hdel +set +zadd +zrange
 * +zremrangebyrank +pexpire`.
 */
export function createPageRecords(redis: RedisCommands, prefix = 'bot:pages:'): PageRecords {
  const [checks, troubles, heard, silences] = ['checks', 'troubles', 'heard', 'silences'].map(
    (name) => `${prefix}${name}`,
  ) as [string, string, string, string];
  const hoursKey = (pageId: string): string => `${prefix}hours:${pageId}`;

  async function read<Schema extends z.ZodType>(
    key: string,
    schema: Schema,
  ): Promise<Map<string, z.output<Schema>>> {
    const found = new Map<string, z.output<Schema>>();
    for (const [pageId, text] of Object.entries(await redis.hgetall(key))) {
      const value = schema.safeParse(parsed(text));
      // What somebody else wrote there is not known.
      if (value.success) found.set(pageId, value.data);
    }
    return found;
  }

  return {
    async list() {
      const [check, ill, talked, silent] = await Promise.all([
        read(checks, checked),
        read(troubles, trouble),
        read(heard, time),
        read(silences, time),
      ]);
      const ids = new Set(
        [check, ill, talked, silent].flatMap((found) => Array.from(found.keys())),
      );
      return [...ids].toSorted().map((pageId) =>
        Object.assign({ pageId }, check.get(pageId), {
          trouble: ill.get(pageId),
          heardAt: talked.get(pageId),
          silentSince: silent.get(pageId),
        }),
      );
    },
    claim: async (what, forMs) =>
      (await redis.set(`${prefix}claim:${what}`, '1', 'PX', forMs, 'NX')) === 'OK',
    async noteCheck(pageId, found) {
      await redis.hset(checks, pageId, JSON.stringify(found));
    },
    noteTrouble: async (pageId, found) =>
      (await redis.hsetnx(troubles, pageId, JSON.stringify(found))) === 1,
    clearTrouble: async (pageId) => (await redis.hdel(troubles, pageId)) === 1,
    async forget(pageId) {
      const hashes = [checks, troubles, heard, silences];
      await Promise.all(hashes.map((key) => redis.hdel(key, pageId)));
    },
    async noteHeard(pageId, at, hour) {
      const key = hoursKey(pageId);
      await Promise.all([redis.hset(heard, pageId, at), redis.zadd(key, hour, String(hour))]);
      await Promise.all([
        redis.zremrangebyrank(key, 0, -KEPT_HOURS - 1),
        redis.pexpire(key, KEPT_MS),
      ]);
    },
    hours: async (pageId) => (await redis.zrange(hoursKey(pageId), 0, '-1')).map(Number),
    noteSilence: async (pageId, since) => (await redis.hsetnx(silences, pageId, since)) === 1,
    clearSilence: async (pageId) => (await redis.hdel(silences, pageId)) === 1,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
