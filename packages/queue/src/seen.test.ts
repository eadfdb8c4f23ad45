import { describe, expect, it } from 'vitest';
import type { QueueEvent } from './events.ts';
import { seenPlace } from './keys.ts';
import { event, useRealShard } from './lanes.test-setup.ts';

const shard = useRealShard();
/** Redis' set-max-intset-entries. */
const COMPACT = 512;
/** As in `lua/seen.lua`. */
const FULL = 500;
const HOUR_MS = 60 * 60 * 1_000;

/** Events of one minute whose ids are remembered in the same set, as if that were full of them. */
function ofOneSet(count: number): QueueEvent[] {
  const events: QueueEvent[] = [];
  const [set] = seenPlace(event('0'));
  for (let index = 0; events.length < count; index += 1) {
    const next = event(String(index));
    if (seenPlace(next)[0] === set) events.push(next);
  }
  return events;
}

const sets = (): Promise<string[]> => shard.redis.keys(`${shard.prefix}:seen:*`);
const firstSet = (): string => `${shard.prefix}:seen:${seenPlace(event('0'))[0]}`;

async function outcomes(events: readonly QueueEvent[]): Promise<Set<string>> {
  const accepted = await Promise.all(events.map((each) => shard.lanes.accept(each)));
  return new Set(accepted.map(({ outcome }) => outcome));
}

describe('the ids that Redis remembers', () => {
  it.each([
    [FULL + 1, 2],
    [9_000, 18],
  ])('stay known and compact, %i of one set and minute', async (count, leastSets) => {
    const events = ofOneSet(count);
    expect(await outcomes(events)).toEqual(new Set(['accepted']));
    expect(await outcomes(events)).toEqual(new Set(['duplicate']));
    const keys = await sets();
    expect(keys.length).toBeGreaterThanOrEqual(leastSets);
    const sizes = await Promise.all(keys.map((key) => shard.redis.scard(key)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(COMPACT);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
    const encodings = await Promise.all(keys.map((key) => shard.redis.object('ENCODING', key)));
    expect(new Set(encodings)).toEqual(new Set(['intset']));
  });

  it('are remembered as long as asked, and not for ever', async () => {
    await shard.lanes.accept(event('0'));
    const left = await shard.redis.pttl(firstSet());
    expect(left).toBeGreaterThan(60_000);
    expect(left).toBeLessThanOrEqual(120_000);
  });

  it('outlive, in a full set, the ids in the sets below it', async () => {
    const events = ofOneSet(FULL + 2);
    await outcomes(events.slice(0, FULL + 1));
    await shard.redis.pexpire(firstSet(), 5_000);
    await outcomes(events.slice(FULL + 1));
    expect(await shard.redis.pttl(firstSet())).toBeGreaterThan(60_000);
  });

  it('are not forgotten sooner because others of their set are', async () => {
    const [delayed, other] = ofOneSet(2) as [QueueEvent, QueueEvent];
    await shard.lanes.delay({ event: delayed, delayMs: HOUR_MS });
    await shard.lanes.accept(other);
    expect(await shard.redis.pttl(firstSet())).toBeGreaterThan(HOUR_MS);
  });

  it('stay known when one of a full set is cancelled', async () => {
    const events = ofOneSet(FULL + 20);
    const [first, second] = events as [QueueEvent, QueueEvent];
    await shard.lanes.delay({ event: first, delayMs: HOUR_MS });
    await shard.lanes.delay({ event: second, delayMs: HOUR_MS });
    await outcomes(events.slice(2));
    expect(await shard.lanes.cancel(first.id)).toBe(true);
    expect(await shard.lanes.cancel(second.id)).toBe(true);
    expect(await outcomes(events.slice(2))).toEqual(new Set(['duplicate']));
    expect(await outcomes([first, second])).toEqual(new Set(['accepted']));
    expect(await shard.redis.object('ENCODING', firstSet())).toBe('intset');
  });
});
