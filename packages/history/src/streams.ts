import { hash } from 'node:crypto';

/** What the history needs of Redis; a connection of ioredis fits, to a Cluster as well. */
export interface HistoryRedis {
  /** Runs a Lua script, whose first `keys` arguments are keys. */
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
  /** The first entries of a stream. */
  xrange(
    key: string,
    start: string,
    end: string,
    count: 'COUNT',
    most: number,
  ): Promise<[id: string, fields: string[]][]>;
  /** How many entries a stream has. */
  xlen(key: string): Promise<number>;
  /** Removes the entries before the id. */
  xtrim(key: string, strategy: 'MINID', id: string): Promise<number>;
  /** Removes entries. */
  xdel(key: string, ...ids: string[]): Promise<number>;
}

/** Where in Redis records wait for the database. Recorders and writers must agree on it. */
export interface StreamOptions {
  /** First part of every key, and the queue's. Default `bot`. */
  readonly prefix?: string;
  /** The queue's shards: a conversation's records are where its lane is. Default 1. */
  readonly shards?: number;
}

/** The streams, the first shard's first. */
export function streamsOf({ prefix = 'bot', shards = 1 }: StreamOptions): string[] {
  return Array.from({ length: shards }, (_, shard) => `{${prefix}:${shard}}:history`);
}

/** Where records are put that the database refuses for good. */
export const rejectedOf = (stream: string): string => `${stream}-rejected`;

/** The stream of a conversation, by the hash that the queue finds its shard with. */
export function streamOf(
  { pageId, psid }: { readonly pageId: string; readonly psid: string },
  streams: readonly string[],
): string {
  const [first = ''] = streams;
  if (streams.length === 1) return first;
  const lane = `${pageId}:${psid === '' ? 'page' : psid}`;
  return streams[hash('sha256', lane, 'buffer').readUInt32BE(0) % streams.length] ?? first;
}
