import assert from 'node:assert/strict';
import type { DeadLetterBox } from '../dead-letters.ts';
import type { Lanes } from '../lanes.ts';
import { useRealShard, useShard, type TestShard } from '../lanes.test-setup.ts';

/** A shard in memory and one on Redis, asked the same; their answers must be the same. */
export function useTwins(): TestShard {
  const twins = [useShard('memory'), useRealShard()] as const;
  const [memory, real] = twins;

  async function both<Answer>(ask: (shard: TestShard) => Promise<Answer>): Promise<Answer> {
    const [one, other] = await Promise.all([ask(memory), ask(real)]);
    assert.deepEqual(other, one);
    return one;
  }

  const lanes: Lanes = {
    accept: (event) => both((shard) => shard.lanes.accept(event)),
    delay: (delay) => both((shard) => shard.lanes.delay(delay)),
    cancel: (eventId) => both((shard) => shard.lanes.cancel(eventId)),
    take: (take) => both((shard) => shard.lanes.take(take)),
    finish: (finish) => both((shard) => shard.lanes.finish(finish)),
    retry: (retry) => both((shard) => shard.lanes.retry(retry)),
    renew: (grant) => both((shard) => shard.lanes.renew(grant)),
    journal: (entry) => both((shard) => shard.lanes.journal(entry)),
    confirm: (confirmation) => both((shard) => shard.lanes.confirm(confirmation)),
    hasten: (haste) => both((shard) => shard.lanes.hasten(haste)),
    forget: (forgetting) => both((shard) => shard.lanes.forget(forgetting)),
    sweep: (most) => both((shard) => shard.lanes.sweep(most)),
    inspect: (lane) => both((shard) => shard.lanes.inspect(lane)),
    events: (lane, first, most) => both((shard) => shard.lanes.events(lane, first, most)),
    figures: () => both((shard) => shard.lanes.figures()),
  };
  const deadLetters: DeadLetterBox = {
    list: (limit, before) => both((shard) => shard.deadLetters.list(limit, before)),
    get: (id) => both((shard) => shard.deadLetters.get(id)),
    remove: (how, id) => both((shard) => shard.deadLetters.remove(how, id)),
  };
  return {
    lanes,
    deadLetters,
    take: (lane) => lanes.take({ lane, mostLost: 9 }),
    get now() {
      return memory.now;
    },
    set now(time) {
      for (const shard of twins) shard.now = time;
    },
    reset: () => twins.forEach((shard) => shard.reset()),
  };
}
