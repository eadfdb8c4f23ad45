import { sql, type Row, type Statements } from '@bot/history';
import { answers, messages, takeovers, unanswered } from './over-time.ts';
import { isWithin, startOfPeriod } from './period.ts';
import { counts, type FindOptions, type FoundReport, type Report } from './report.ts';

/** Whose rows add up to the whole period's. */
export const summed: readonly Report[] = [messages, answers, unanswered, takeovers];

/** The whole period in one row; who wrote on several days is counted once. */
export const summary: Report = {
  name: 'summary',
  columns: [
    ...counts('people', 'new_people', 'returning_people'),
    ...counts('from_people', 'from_bot', 'from_humans'),
    { name: 'share_in_time', kind: 'share' },
    ...counts('no_answer', 'unanswered', 'to_human'),
  ],
  statement: (filter) => sql`
    select count(*)::float8 as people, (count(*) filter (where is_new))::float8 as new_people,
      (count(*) filter (where not is_new))::float8 as returning_people
    from (
      select distinct page_id, psid, coalesce(first_seen >= ${startOfPeriod(filter)}, true) as is_new
      from bot_history.insights_messages
      where direction = 'in' and ${isWithin(filter)}
    ) seen`,
};

/** @param found Has {@link summed}: most of the figures are in it already. */
export async function findSummary(
  statements: Statements,
  { filter }: FindOptions,
  found: readonly FoundReport[],
): Promise<FoundReport> {
  const [people] = await statements.rows(summary.statement(filter, 1));
  const sum = (column: string): number =>
    found
      .filter(({ report }) => summed.includes(report))
      .flatMap(({ rows }) => rows)
      .reduce((total, row) => total + Number(row[column] ?? 0), 0);
  const names = summary.columns.map(({ name }) => name);
  const answered = sum('in_time') + sum('late');
  const row: Row = {
    ...Object.fromEntries(names.map((name) => [name, sum(name)])),
    ...people,
    share_in_time: answered === 0 ? null : sum('in_time') / answered,
  };
  return { report: summary, rows: [row] };
}
