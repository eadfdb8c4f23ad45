import { hash } from 'node:crypto';

/** How long one "seen" set collects ids, by the events' own timestamps. */
const SEEN_SLICE_MS = 60_000;
/** Sets a slice: at 500 events a second each has as many ids as a compact set may have. */
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

/** A set of ids, an id's member there, and the way to further sets once that one is full. */
export type SeenPlace = readonly [set: string, member: string, path: string];

/**
 * Where an id is remembered: its set, its member there, and the way to further sets once that one is
 * full. A redelivered event has the timestamp of its first delivery, so its minute is known without
 * searching; within it a set of 64-bit integers costs about 8 bytes an id.
 */
export function seenPlace({ id, timestamp }: { id: string; timestamp: number }): SeenPlace {
  const digest = hash('sha256', id, 'buffer');
  const slice = Math.floor(timestamp / SEEN_SLICE_MS);
  const bucket = digest.readUInt32BE(8) % SEEN_BUCKETS;
  return [`${slice}:${bucket}:`, memberOf(digest), digest.toString('hex', 12, 14)];
}

/** An id as it is remembered, whatever its time. */
export function seenMember(id: string): string {
  return memberOf(hash('sha256', id, 'buffer'));
}

function memberOf(digest: Buffer): string {
  return digest.readBigInt64BE(0).toString();
}
