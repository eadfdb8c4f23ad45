import stringWidth from 'string-width';
import { printable } from './printable.ts';

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Gives way when the table is wider than the terminal; ids do not, for they are copied. */
  readonly mayShrink?: boolean;
}

const GAP = '  ';
const LEAST = 8;

/**
 * A table in lines, its columns as wide as what people see of their cells.
 *
 * @param width In columns of the terminal; `Infinity` for what is no terminal.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => stringWidth(line[index] ?? ''))),
  );
  shrink(widths, columns, width);
  return lines.map((line) =>
    widths
      .map((each, index) => fit(line[index] ?? '', each))
      .join(GAP)
      .trimEnd(),
  );
}

/** Takes from the widest of those that may shrink until all fit, or none is left to take from. */
function shrink(widths: number[], columns: readonly Column[], width: number): void {
  let over = widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1)) - width;
  for (; over > 0; over -= 1) {
    const free = widths.map((each, index) => (columns[index]?.mayShrink === true ? each : 0));
    const widest = Math.max(...free);
    if (widest <= LEAST) return;
    widths[free.indexOf(widest)] = widest - 1;
  }
}

const segmenter = new Intl.Segmenter();

/** Cut or filled to exactly this width. */
function fit(cell: string, width: number): string {
  const own = stringWidth(cell);
  if (own <= width) return cell + ' '.repeat(width - own);
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(cell)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…${' '.repeat(width - 1 - stringWidth(kept))}`;
}
