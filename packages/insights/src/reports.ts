import type { Statements } from '@bot/history';
import type { Filter } from './filter.ts';
import { answers, messages, people, takeovers, unanswered } from './over-time.ts';
import { buttons, flows, intents, unansweredTexts } from './rankings.ts';
import { findReports, type FindOptions, type FoundReport, type Report } from './report.ts';
import { findSummary, summary, summed } from './summary.ts';

/** What the page has below the summary, in this order. */
const shown = [people, messages, answers, intents, buttons, flows, unanswered, takeovers];

/** What can be had as a file. */
export const allReports: readonly Report[] = [summary, ...shown, unansweredTexts];

export const shownReports = ({ texts }: Filter): readonly Report[] =>
  texts ? [...shown, unansweredTexts] : shown;

/** Whether a report has what people wrote, which must be asked for. */
export const hasTexts = ({ columns }: Report): boolean =>
  columns.some(({ kind }) => kind === 'text');

/** One report by itself. */
export async function findReport(
  statements: Statements,
  report: Report,
  options: FindOptions,
): Promise<FoundReport> {
  if (report === summary) {
    return findSummary(statements, options, await findReports(statements, summed, options));
  }
  const [found = { report, rows: [] }] = await findReports(statements, [report], options);
  return found;
}
