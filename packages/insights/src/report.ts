import type { Row, Statement, Statements } from '@bot/history';
import type { Filter } from './filter.ts';

/** How a value is written. */
export type ColumnKind = 'bucket' | 'name' | 'count' | 'seconds' | 'share' | 'text';

export interface Column {
  /** As the statement calls it, and the words do. */
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Figures that stand together: a table, and a chart of some of its columns. */
export interface Report {
  /** Of its file: `people` is `people.csv`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of which bars are made, standing on each other; without them the first count has bars. */
  readonly stacked?: readonly string[];
  /** @param most Rows at the most, where their number is not that of hours or days. */
  readonly statement: (filter: Filter, most: number) => Statement;
}

export interface FoundReport {
  readonly report: Report;
  readonly rows: readonly Row[];
}

export interface FindOptions {
  readonly filter: Filter;
  /** Rows of a list at the most. */
  readonly most: number;
}

/** One after another: they share a connection. */
export async function findReports(
  statements: Statements,
  reports: readonly Report[],
  { filter, most }: FindOptions,
): Promise<FoundReport[]> {
  const found: FoundReport[] = [];
  for (const report of reports) {
    found.push({ report, rows: await statements.rows(report.statement(filter, most)) });
  }
  return found;
}

export const counts = (...names: string[]): Column[] =>
  names.map((name) => ({ name, kind: 'count' }));
