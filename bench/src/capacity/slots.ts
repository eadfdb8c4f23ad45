const SLOTS = 16_384;

/** The slot of a key without a hash tag, or of a hash tag: CRC-16/XMODEM. Source: Cluster specification. */
export function slotOf(tag: string): number {
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  }
  return (crc & 0xffff) % SLOTS;
}

/**
 * How many shards live on each primary when each has as many slots as the others, one after another,
 * as `redis-cli --cluster create` cuts them.
 */
export function shardsByPrimary(shards: number, primaries: number): number[] {
  const counts = Array.from({ length: primaries }, () => 0);
  for (let shard = 0; shard < shards; shard += 1) {
    const primary = Math.floor((slotOf(`bot:${shard}`) * primaries) / SLOTS);
    counts[primary] = (counts[primary] ?? 0) + 1;
  }
  return counts;
}
