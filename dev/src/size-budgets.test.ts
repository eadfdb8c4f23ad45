import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './folders.ts';
import { bundledBytes, overBudget } from './size-budgets.ts';

it('takes what is within its budget', () => {
  const bytes = { tarball: 165_000, entries: { '.': 60_000, './webhook': 15_000 } };
  expect(overBudget('@bot/graph-client', bytes)).toEqual([]);
});

it('names what is too large, with both figures', () => {
  const bytes = { tarball: 165_001, entries: { '.': 1, './webhook': 15_960 } };
  expect(overBudget('@bot/graph-client', bytes)).toEqual([
    'the tarball of @bot/graph-client has 165.0 kB, and may have 165 kB',
    './webhook of @bot/graph-client has 16.0 kB, and may have 15 kB',
  ]);
});

it('keeps a package that has no budget small', () => {
  expect(overBudget('@bot/new', { tarball: 20_001, entries: { '.': 10_001 } })).toHaveLength(2);
});

it('wants a budget for each entry', () => {
  expect(overBudget('@bot/new', { tarball: 1, entries: { './more': 1 } })).toEqual([
    './more of @bot/new has no size budget: give it one',
  ]);
});

it('counts an entry with what it imports, and without its dependencies', async () => {
  const folder = await temporaryFolder('size');
  await writeFile(join(folder, 'part.js'), `export const part = '${'x'.repeat(1_000)}';`);
  await writeFile(join(folder, 'all.js'), "export * from './part.js'; export { z } from 'zod';");
  const bytes = await bundledBytes(join(folder, 'all.js'));
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(1_200);
  await rm(folder, { recursive: true });
});
