import { expect, it } from 'vitest';
import { confidenceOf } from './confidence.ts';

it('confidence rises with the score, from 0 to 1, without a jump', () => {
  const found = Array.from({ length: 121 }, (_, step) => confidenceOf(step / 100));
  expect([found[0], found[32], found[100], found[120]]).toEqual([0, 0.6, 1, 1]);
  for (const [index, confidence] of found.entries()) {
    const step = confidence - (found[index - 1] ?? 0);
    expect.soft(step, `at ${index / 100}`).toBeGreaterThanOrEqual(0);
    expect.soft(step, `at ${index / 100}`).toBeLessThan(0.031);
  }
});
