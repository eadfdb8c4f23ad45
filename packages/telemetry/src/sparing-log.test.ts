import { expect, it } from 'vitest';
import { createSparingLog } from './sparing-log.ts';

it('writes the first of a flood, and how many it left out', () => {
  const lines: unknown[][] = [];
  let now = 0;
  const write = (...line: unknown[]): void => void lines.push(line);
  const warn = createSparingLog({ write, monotonic: () => now, everyMs: 1_000 });
  for (let bytes = 1; bytes <= 5; bytes += 1) warn('wrong signature', { bytes });
  warn('no memory');
  now = 999;
  warn('wrong signature', { bytes: 6 });
  now = 1_000;
  warn('wrong signature', { bytes: 7 });
  now = 5_000;
  warn('wrong signature', { bytes: 8 });
  expect(lines).toEqual([
    [{ bytes: 1 }, 'wrong signature'],
    [{}, 'no memory'],
    [{ bytes: 7, leftOut: 5 }, 'wrong signature'],
    [{ bytes: 8 }, 'wrong signature'],
  ]);
});
