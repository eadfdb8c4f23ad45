import { describe, expect, it } from 'vitest';
import { InputError, LeaseLostError } from './errors.ts';
import { drain, event, granted, stores, useRealShard, useShard } from './lanes.test-setup.ts';
import type { TestShard } from './lanes.test-setup.ts';
import { after, event as queued, useQueues } from './queues.test-setup.ts';

/** As the queue does it; `between` happens after each part. */
async function forget(
  { lanes }: TestShard,
  ids: readonly string[],
  between = async (): Promise<void> => {},
): Promise<number> {
  let count = 0;
  for (const among of ['delayed', 'dead'] as const) {
    for (let part: string | undefined = '0'; part !== undefined; await between()) {
      const answer = await lanes.forget({ lanes: ids, among, part });
      count += answer.count;
      part = answer.next;
    }
  }
  return count;
}

/** Leaves one event of each state in a lane: dead, delayed, at the head with a step, and behind it. */
async function fill(shard: TestShard, lane: string): Promise<void> {
  await shard.lanes.accept(event(`dead-${lane}`, { lane }));
  const dead = granted(await shard.take(lane));
  await shard.lanes.finish({ grant: dead, deadLetter: '[]', next: 'take' });
  await shard.lanes.delay({ event: event(`timer-${lane}`, { lane }), delayMs: 5_000 });
  await shard.lanes.accept(event(`head-${lane}`, { lane }));
  await shard.lanes.accept(event(`next-${lane}`, { lane }));
  const grant = granted(await shard.take(lane));
  await shard.lanes.journal({ grant, step: 's', state: 'done "what she wrote"' });
}

describe.each(stores)('forgetting in %s', (store) => {
  describe('a shard', () => {
    const shard = useShard(store);

    it.each(['ann', '1:2', 'a/b', '"ắ",\\', '__proto__', '*'])(
      'removes all that lane %s holds, and nothing else',
      async (lane) => {
        const others = ['an', 'anna', '1:22', 'x'];
        for (const each of [lane, ...others]) await fill(shard, each);
        expect(await forget(shard, [lane])).toBe(4);
        expect(await shard.lanes.inspect(lane)).toMatchObject({ events: 0, heldMs: 0, steps: {} });
        expect(await shard.deadLetters.get(`dead-${lane}`)).toBeUndefined();
        expect(await shard.lanes.cancel(`timer-${lane}`)).toBe(false);
        expect(await shard.lanes.figures()).toMatchObject({
          waitingLanes: others.length,
          waitingEvents: 2 * others.length,
          delayedEvents: others.length,
          deadLetters: others.length,
        });
        shard.now += 5_000;
        await shard.lanes.sweep(100);
        for (const each of others) {
          expect(await drain(shard, each)).toEqual([
            `head-${each}`,
            `next-${each}`,
            `timer-${each}`,
          ]);
        }
      },
    );

    it('removes several lanes at once, and is harmless when it is done again', async () => {
      for (const lane of ['ann', 'bình', 'chi']) await fill(shard, lane);
      expect(await forget(shard, ['ann', 'chi', 'nobody'])).toBe(8);
      expect(await forget(shard, ['ann', 'chi', 'nobody'])).toBe(0);
      expect((await shard.lanes.figures()).waitingLanes).toBe(1);
    });

    it('fences whoever holds the lane', async () => {
      await shard.lanes.accept(event('a'));
      const grant = granted(await shard.take('ann'));
      await forget(shard, ['ann']);
      const sending = { grant, step: 's', state: 'sending' };
      const fenced = { kind: 'fenced' };
      expect(await shard.lanes.journal(sending)).toEqual(fenced);
      expect(await shard.lanes.renew(grant)).toBe(false);
      const later = { delayMs: 0, countAttempt: true, ran: true, failure: '{}' };
      expect(await shard.lanes.retry({ grant, ...later })).toBe(false);
      expect(await shard.lanes.finish({ grant, deadLetter: '[]', next: 'take' })).toEqual(fenced);
      expect(await shard.lanes.figures()).toMatchObject({ waitingLanes: 0, deadLetters: 0 });

      await shard.lanes.accept(event('b'));
      expect(granted(await shard.take('ann')).head.id).toBe('b');
      expect(await shard.lanes.journal(sending)).toEqual(fenced);
      expect(await shard.lanes.finish({ grant, next: 'take' })).toEqual(fenced);
    });

    it('keeps what is forgotten from coming back when it is delivered again', async () => {
      await shard.lanes.accept(event('a'));
      await forget(shard, ['ann']);
      expect(await shard.lanes.accept(event('a'))).toEqual({ outcome: 'duplicate', wake: false });
      const step = { lane: 'ann', eventId: 'a', step: 's', state: 'done 1' };
      expect(await shard.lanes.confirm(step)).toBe('not-waiting');
    });
  });

  describe('a queue', () => {
    const setUp = useQueues(store);

    it('stops the turn that runs before its next step, and handles what comes later', async () => {
      const { queue, work } = setUp({ shards: 3 });
      const begun = after(1);
      const fenced = after(1);
      const handled = after(1);
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const sent: string[] = [];
      let refusal: unknown;
      work({
        observer: { fenced: fenced.call },
        handle: async ({ id }, turn) => {
          if (id === 'a') {
            begun.call();
            await gate;
          }
          await turn
            .step('send', async () => void sent.push(id))
            .catch((error: unknown) => {
              refusal = error;
              throw error;
            });
          handled.call();
        },
      });
      await queue.add([queued('a'), queued('b')]);
      await begun.done;
      expect(await queue.forget(['ann', 'nobody', 'ann'])).toBe(2);
      open();
      await fenced.done;
      expect(refusal).toBeInstanceOf(LeaseLostError);
      await queue.add(queued('c'));
      await handled.done;
      expect(sent).toEqual(['c']);
      expect(await queue.deadLetters.list()).toEqual([]);
    });

    it('refuses more lanes than a step of Redis should take', async () => {
      const lanes = Array.from({ length: 1_001 }, (_, index) => `${index}`);
      await expect(setUp().queue.forget(lanes)).rejects.toThrow(InputError);
    });
  });
});

describe('forgetting on Redis', () => {
  const shard = useRealShard();

  /** All that stands in Redis, names and values. */
  async function everything(): Promise<string> {
    const { redis } = shard;
    const texts: string[] = [];
    for (const key of await redis.keys(`${shard.prefix}*`)) {
      const type = await redis.type(key);
      const value = {
        hash: () => redis.hgetall(key),
        list: () => redis.lrange(key, 0, -1),
        zset: () => redis.zrange(key, 0, '-1'),
        set: () => redis.smembers(key),
        string: () => redis.get(key),
      }[type];
      texts.push(key, JSON.stringify(await value?.()));
    }
    return texts.join('\n');
  }

  it('leaves neither the lane nor what was written anywhere', async () => {
    await fill(shard, '100:psid-1');
    expect(await everything()).toContain('psid-1');
    await forget(shard, ['100:psid-1']);
    const left = await everything();
    expect(left).not.toContain('psid-1');
    expect(left).not.toContain('she wrote');
    expect(left).toContain(':seen:');
  });

  it('finds what comes due and fails while it looks', async () => {
    const others = Array.from({ length: 500 }, (_, index) => `other-${index}`);
    await Promise.all(
      others.map((lane) => shard.lanes.delay({ event: event(lane, { lane }), delayMs: 90_000 })),
    );
    const times = Array.from({ length: 30 }, (_, index) => 100 * (index + 1));
    await Promise.all(
      times.map((delayMs) => shard.lanes.delay({ event: event(`t${delayMs}`), delayMs })),
    );
    let parts = 0;
    await forget(shard, ['ann'], async () => {
      parts += 1;
      // One timer a part comes due and is buried at once.
      shard.now += 100;
      await shard.lanes.sweep(10);
      for (let taken = await shard.take('ann'); taken.kind === 'granted';) {
        await shard.lanes.finish({ grant: taken.grant, deadLetter: '[]', next: 'release' });
        taken = await shard.take('ann');
      }
    });
    expect(parts).toBeGreaterThan(5);
    expect(await shard.lanes.figures()).toMatchObject({
      waitingEvents: 0,
      delayedEvents: others.length,
      deadLetters: 0,
    });
  });
});
