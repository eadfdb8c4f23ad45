import { describe, expect, it } from 'vitest';
import { keepsTheContract } from './contract.test-setup.ts';
import { createMemorySessionStore } from './memory.ts';

describe('sessions in memory', () => {
  keepsTheContract(() => createMemorySessionStore({ now: () => 0 }));

  it('expire so long after the last save, and are then as if they had never been', async () => {
    let now = 1_000;
    const store = createMemorySessionStore({ now: () => now });
    await store.save({ id: 'ann', text: 'one', version: 0, expireMs: 500 });
    now += 499;
    const { version = 0 } = (await store.load('ann')) ?? {};
    expect(await store.save({ id: 'ann', text: 'two', version, expireMs: 500 })).toBe(true);
    now += 499;
    const last = await store.load('ann');
    expect(last?.text).toBe('two');
    now += 1;
    expect(await store.load('ann')).toBeUndefined();
    const late = { id: 'ann', text: 'late', version: last?.version ?? 0, expireMs: 500 };
    expect(await store.save(late)).toBe(false);
    expect(await store.save({ ...late, version: 0 })).toBe(true);
  });

  it('are kept up to a number, the least recently saved gone first', async () => {
    const store = createMemorySessionStore({ now: () => 0, mostSessions: 2 });
    const save = async (id: string): Promise<boolean> => {
      const { version = 0 } = (await store.load(id)) ?? {};
      return store.save({ id, text: id, version, expireMs: 1 });
    };
    for (const id of ['ann', 'bình', 'ann', 'chi']) await save(id);
    const kept = await Promise.all(['ann', 'bình', 'chi'].map((id) => store.load(id)));
    expect(kept.map((session) => session?.text)).toEqual(['ann', undefined, 'chi']);
  });

  it.each([0, 1.5, Number.NaN])('refuse to be at most %s', (mostSessions) => {
    expect(() => createMemorySessionStore({ now: () => 0, mostSessions })).toThrow(
      `mostSessions must be a whole number of at least 1, got ${mostSessions}.`,
    );
  });
});
