import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weakerLines } from './guards-off.ts';

const folder = join(import.meta.dirname, '../../../packages/queue/src/lua');
const scripts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

describe('the lines that guards are taken away from', () => {
  const lines = Object.entries(weakerLines).flatMap(([guard, changes]) =>
    changes.map(({ line }) => ({ guard, line })),
  );

  it.each(lines)('stand in the Lua files: $guard, $line', ({ line }) => {
    expect(scripts.filter((text) => text.includes(line)).length).toBeGreaterThan(0);
  });
});
