import { hash } from 'node:crypto';

/** How long one "seen" set collects ids, by the events' own timestamps. */
const SEEN_SLICE_MS = 60_000;
/** Sets a slice, so that up to some 500 events a second keep each set in its compact form. */
const SEEN_BUCKETS = 64;

/**
 * The prefix of all keys of a shard. The braces are a hash tag: Redis Cluster keeps the keys of
 * one shard on one node, which scripts need.
 */
export function shardPrefix(prefix: string, shard: number): string {
  return `{${prefix}:${shard}}`;
}

/** The shard of a lane: a stable hash of its id, the same in every process. */
export function shardOf(lane: string, shards: number): number {
  return shards === 1 ? 0 : hash('sha256', lane, 'buffer').readUInt32BE(0) % shards;
}

/**
 * Where an id is remembered. A redelivered event has the timestamp of its first delivery, so its
 * slice is known without searching; within it a set of 64-bit integers costs about 8 bytes an id.
 */
export function seenPlace(id: string, timestamp: number): { set: string; member: string } {
  const digest = hash('sha256', id, 'buffer');
  const slice = Math.floor(timestamp / SEEN_SLICE_MS);
  const bucket = digest.readUInt32BE(8) % SEEN_BUCKETS;
  return { set: `${slice}:${bucket}`, member: digest.readBigInt64BE(0).toString() };
}
