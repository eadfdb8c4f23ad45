import type { Statements } from '@bot/history';
import type { Filter } from './filter.ts';
import { answers, messages, people, takeovers, unanswered } from './over-time.ts';
import { buttons, flows, intents, unansweredTexts } from './rankings.ts';
import type { FoundReport, Report } from './report.ts';
import { summary } from './summary.ts';

/** What the page has below the summary, in this order. */
const shown = [people, messages, answers, intents, buttons, flows, unanswered, takeovers];

/** What can be had as a file. */
export const allReports: readonly Report[] = [summary, ...shown, unansweredTexts];

export const shownReports = ({ texts }: Filter): readonly Report[] =>
  texts ? [...shown, unansweredTexts] : shown;

/** Whether a report has what people wrote, which must be asked for. */
export const hasTexts = ({ columns }: Report): boolean =>
  columns.some(({ kind }) => kind === 'text');

export interface FindOptions {
  readonly filter: Filter;
  /** Rows of a list at the most. */
  readonly most: number;
}

export async function findReport(
  statements: Statements,
  report: Report,
  { filter, most }: FindOptions,
): Promise<FoundReport> {
  return { report, rows: await statements.rows(report.statement(filter, most)) };
}

/** One after another: they share a connection. */
export async function findReports(
  statements: Statements,
  reports: readonly Report[],
  options: FindOptions,
): Promise<FoundReport[]> {
  const found: FoundReport[] = [];
  for (const report of reports) found.push(await findReport(statements, report, options));
  return found;
}
