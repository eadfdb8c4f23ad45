import { machine } from './machine.ts';
import type { Figure } from './result.ts';
import { brief, median } from './spread.ts';

/** What the figures must reach, and whether they do: the medians count. */
export function printGoals(figures: readonly Figure[]): void {
  const rows = figures.flatMap(({ what, unit, values, goal }) =>
    goal === undefined ? [] : [{ what, unit, values, goal }],
  );
  if (rows.length === 0) return;
  process.stdout.write(
    `\nGoals: the median, the least and the greatest of all rounds\nOn ${machine()}\n`,
  );
  for (const { what, unit, values, goal } of rows) {
    const middle = median(values);
    const met = 'atMost' in goal ? middle <= goal.atMost : middle >= goal.atLeast;
    const wanted = 'atMost' in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
    const [short, least, greatest] = [middle, Math.min(...values), Math.max(...values)].map(brief);
    process.stdout.write(
      `  ${what.padEnd(78)}${`${short} ${unit}`.padStart(16)} (${least} to ${greatest}), ${wanted}: ${met ? 'met' : 'missed'}\n`,
    );
    if (!met && goal.against !== undefined) process.stdout.write(`    ${goal.against}\n`);
  }
}
