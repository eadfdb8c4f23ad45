import type { Row } from '@bot/history';
import { html, type Html } from './html.ts';

export interface ChartOptions {
  readonly rows: readonly Row[];
  /** Columns, standing on each other from the bottom. */
  readonly stacked: readonly string[];
  /** What the chart is, to whoever does not see it. */
  readonly label: string;
  /** What a bar says of itself. */
  readonly titleOf: (row: Row) => string;
}

export const numberIn = (row: Row, column: string): number => Number(row[column] ?? 0);

const sumOf = (row: Row, columns: readonly string[]): number =>
  columns.reduce((sum, column) => sum + numberIn(row, column), 0);

/** The highest of the bars; at least 1, so that nothing is divided by 0. */
export const highestOf = (rows: readonly Row[], columns: readonly string[]): number =>
  Math.max(1, ...rows.map((row) => sumOf(row, columns)));

/** Bars by hour or day, stretched to the place they have: what is written stands outside of it. */
export function barChart({ rows, stacked, label, titleOf }: ChartOptions): Html {
  const most = highestOf(rows, stacked);
  const bars = rows.map((row, at) => {
    let top = most;
    const parts = stacked.map((column, series) => {
      const height = numberIn(row, column);
      top -= height;
      return height === 0
        ? undefined
        : html`<rect
            class="series-${series + 1}"
            x="${at + 0.1}"
            y="${top}"
            width="0.8"
            height="${height}"
          />`;
    });
    return html`<g
      ><title>${titleOf(row)}</title
      ><rect class="column" x="${at}" y="0" width="1" height="${most}" />${parts}</g
    >`;
  });
  return html`<svg
    class="chart"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${rows.length} ${most}"
    preserveAspectRatio="none"
  >
    ${bars}
  </svg>`;
}

/** One bar beside a row of a table. */
export function rowBar(value: number, most: number): Html {
  return html`<svg
    class="row-bar"
    aria-hidden="true"
    viewBox="0 0 ${most} 1"
    preserveAspectRatio="none"
  >
    <rect class="series-1" width="${value}" height="1" />
  </svg>`;
}
