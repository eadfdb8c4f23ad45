import { describe, expect, it } from 'vitest';
import type { SessionStore, SessionToSave } from '../session-store.ts';

/** Holds a store to what every session store promises. */
export function keepsTheContract(open: () => SessionStore): void {
  const session = (text: string, version = 0, id = '100:200'): SessionToSave => ({
    id,
    text,
    version,
    expireMs: 3_600_000,
  });

  /** The version of what is stored; 0 when there is nothing. */
  async function versionOf(store: SessionStore): Promise<number> {
    return (await store.load('100:200'))?.version ?? 0;
  }

  describe('as every session store', () => {
    it('knows nothing of somebody new', async () => {
      expect(await open().load('100:200')).toBeUndefined();
    });

    it('answers what was saved last, under a version that grows', async () => {
      const store = open();
      expect(await store.save(session('{"bước":1}'))).toBe(true);
      const first = await store.load('100:200');
      expect(first?.text).toBe('{"bước":1}');
      expect(first?.version).toBeGreaterThanOrEqual(1);
      expect(await store.save(session('{"bước":2}', first?.version))).toBe(true);
      const second = await store.load('100:200');
      expect(second?.text).toBe('{"bước":2}');
      expect(second?.version).toBeGreaterThan(first?.version ?? 0);
    });

    it('refuses a save over what somebody else saved since', async () => {
      const store = open();
      await store.save(session('one'));
      const loaded = await versionOf(store);
      await store.save(session('two', loaded));
      expect(await store.save(session('late', loaded))).toBe(false);
      expect(await store.save(session('as if new'))).toBe(false);
      expect((await store.load('100:200'))?.text).toBe('two');
    });

    it('refuses a save over what is no longer there', async () => {
      const store = open();
      expect(await store.save(session('of a version nobody saved', 7))).toBe(false);
      await store.save(session('one'));
      const loaded = await versionOf(store);
      await store.delete('100:200');
      expect(await store.save(session('late', loaded))).toBe(false);
      expect(await store.load('100:200')).toBeUndefined();
    });

    it('brings nothing back that was forgotten, though the person began anew', async () => {
      const store = open();
      await store.save(session('forget me'));
      const loaded = await versionOf(store);
      await store.delete('100:200');
      expect(await store.save(session('anew'))).toBe(true);
      expect(await store.save(session('forget me', loaded))).toBe(false);
      expect((await store.load('100:200'))?.text).toBe('anew');
    });

    it('lets one win when two save at once', async () => {
      const store = open();
      for (const round of [1, 2, 3]) {
        const version = await versionOf(store);
        const texts = ['Anh', 'Bình'].map((name) => `${name} ${round}`);
        const saved = await Promise.all(texts.map((text) => store.save(session(text, version))));
        expect(saved.filter(Boolean)).toHaveLength(1);
        expect((await store.load('100:200'))?.text).toBe(texts[saved.indexOf(true)]);
      }
    });

    it('forgets, and forgets what it does not know', async () => {
      const store = open();
      await store.save(session('one'));
      await store.delete('100:200');
      await store.delete('100:200');
      expect(await store.load('100:200')).toBeUndefined();
    });

    it.each([
      ['none', ''],
      ['Vietnamese', '{"tên":"Nguyễn Thị Ánh 😊","dòng":"một\\nhai"}'],
      ['what begins like a version', '7 8 '],
      ['100 kB', 'ắ'.repeat(34_000)],
    ])('keeps every character of a text: %s', async (_what, text) => {
      const store = open();
      await store.save(session(text));
      expect((await store.load('100:200'))?.text).toBe(text);
      expect(await store.save(session(`${text}!`, await versionOf(store)))).toBe(true);
      expect((await store.load('100:200'))?.text).toBe(`${text}!`);
    });

    it('keeps conversations apart, whatever stands in their ids', async () => {
      const store = open();
      const ids = ['100:200', '100:200:1', '100', ':100:200', '{100}:200', 'Chị Ánh'];
      for (const id of ids) await store.save(session(`of ${id}`, 0, id));
      await store.delete('100');
      const texts = await Promise.all(ids.map(async (id) => (await store.load(id))?.text));
      expect(texts).toEqual(ids.map((id) => (id === '100' ? undefined : `of ${id}`)));
    });
  });
}
