import type { SessionStore } from '../session-store.ts';

/** What the store needs of Redis; a connection of ioredis fits, to a Cluster as well. */
export interface RedisCommands {
  /** A string, `null` when there is none. */
  get(key: string): Promise<string | null>;
  /** Several strings, in the order of their keys. */
  mget(keys: string[]): Promise<(string | null)[]>;
  /** Each of a Cluster's commands is about keys of one node, so it is not asked for several. */
  readonly isCluster?: boolean;
  /** Deletes the key, if it is there. */
  del(key: string): Promise<unknown>;
  /** Runs a Lua script, whose first `keys` arguments are keys. */
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Where in Redis sessions are kept. */
export interface RedisSessionStoreOptions {
  /** Not closed by the store. */
  readonly redis: RedisCommands;
  /** First part of every key; the conversation's id follows. Default `bot:session:`. */
  readonly prefix?: string;
}

/**
 * Sessions in Redis, each one string, `<version> <text>`, that Redis itself lets go when it expires.
 * The loads of a tick are one MGET, a save is one EVAL, a delete one DEL. In a Cluster each is about one key,
 * so that the sessions spread over its nodes, and a load is a GET.
 *
 * A user of Redis needs `~bot:session:* +get +mget +getrange +set +del +eval +time`.
 *
 * @example
 * const store = createRedisSessionStore({ redis: new Redis('redis://localhost:6379') });
 */
export function createRedisSessionStore(options: RedisSessionStoreOptions): SessionStore {
  const { redis, prefix = 'bot:session:' } = options;
  const read = redis.isCluster === true ? (key: string) => redis.get(key) : together(redis);
  return {
    async load(id) {
      const held = await read(prefix + id);
      if (held === null) return undefined;
      const end = held.indexOf(' ');
      return { text: held.slice(end + 1), version: Number(held.slice(0, end)) };
    },
    async save({ id, text, version, expireMs }) {
      return (await redis.eval(SAVE, 1, prefix + id, version, text, expireMs)) === 1;
    },
    async delete(id) {
      await redis.del(prefix + id);
    },
  };
}

/** Reads what is asked for in one tick by one command: each alone would be a write to the network. */
function together(redis: Pick<RedisCommands, 'mget'>): RedisCommands['get'] {
  interface Asked {
    readonly key: string;
    readonly resolve: (value: string | null) => void;
    readonly reject: (error: unknown) => void;
  }
  let gathered: Asked[] = [];

  async function ask(): Promise<void> {
    const asked = gathered;
    gathered = [];
    try {
      const values = await redis.mget(asked.map(({ key }) => key));
      for (const [index, { resolve }] of asked.entries()) resolve(values[index] ?? null);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      if (gathered.length === 0) setImmediate(() => void ask());
      gathered.push({ key, resolve, reject });
    });
}

/**
 * KEYS[1] the session, ARGV the version it must still have, the text, ms until it expires. Returns
 * 1 saved, 0 it has another version.
 *
 * Versions begin with the time in µs, so that one that was once loaded is nobody's again after a
 * delete. `%.0f`, because Lua would write such a number as 1.7e+15.
 */
const SAVE = `
local version = string.match(redis.call('GETRANGE', KEYS[1], 0, 19), '^%d+')
if (version or '0') ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local newer = version and version + 1 or time[1] * 1e6 + time[2]
redis.call('SET', KEYS[1], string.format('%.0f ', newer) .. ARGV[2], 'PX', ARGV[3])
return 1
`;
