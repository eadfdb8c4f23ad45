import { readDeadLetter, type DeadLetter, type DeadLetterBox } from '../dead-letters.ts';
import type { BuriedEvent, MemoryShard } from './memory-shard.ts';

/** Dead letters of a shard in memory. */
export function createMemoryDeadLetterBox(shard: MemoryShard): DeadLetterBox {
  const read = ({ lane, entry, failures, at }: BuriedEvent): DeadLetter =>
    readDeadLetter(lane, entry, failures, at);

  return {
    async get(id) {
      const buried = shard.buried.get(id);
      return buried && read(buried);
    },
    async list(limit, before) {
      return [...shard.buried]
        .filter(([, { at }]) => at < before)
        .toSorted(([id, { at }], [otherId, other]) => other.at - at || (id < otherId ? 1 : -1))
        .slice(0, limit)
        .map(([, buried]) => read(buried));
    },
    async remove(how, id) {
      const now = shard.now();
      const buried = shard.buried.get(id);
      if (!buried) return undefined;
      shard.buried.delete(id);
      if (how === 'replay') shard.put(buried.lane, buried.entry, now);
      return buried.lane;
    },
  };
}
