import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { costTable, planTable, readCosts, tablesOf, toMarkdown } from './page.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/capacity.md'), 'utf8');

describe('docs/capacity.md', () => {
  it('has the plan that follows from the costs it names', () => {
    expect(tablesOf(page)).toContainEqual(planTable(readCosts(page)));
  });
});

describe('a table of costs', () => {
  const costs = readCosts(page);

  it('is read as it was written', () => {
    expect(readCosts(toMarkdown(costTable({ ...costs, turns: 1_234 })))).toEqual({
      ...costs,
      turns: 1_234,
    });
  });

  it('is refused when a cost is missing', () => {
    const rows = costTable(costs).filter(([what]) => what !== 'a call of Graph');
    expect(() => readCosts(toMarkdown(rows))).toThrow('The page does not say: a call of Graph.');
  });
});
