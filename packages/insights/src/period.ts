import { sql, type Statement } from '@bot/history';
import { unitOf, type Filter } from './filter.ts';

/** When a day begins in the filter's time zone. */
const startOf = (day: Statement, { timeZone }: Filter): Statement =>
  sql`(${day}::timestamp at time zone ${timeZone}::text)`;

/** The first moment that counts. */
export const startOfPeriod = (filter: Filter): Statement =>
  startOf(sql`${filter.from}::date`, filter);

/** Whether a row of a view, with `at` and `page_id`, counts. */
export function isWithin(filter: Filter): Statement {
  const { page, to } = filter;
  const end = startOf(sql`(${to}::date + 1)`, filter);
  const isOfPage = page === undefined ? sql`` : sql` and page_id = ${page}`;
  return sql`at >= ${startOfPeriod(filter)} and at < ${end}${isOfPage}`;
}

/** The hour or day of a row, as clocks of the time zone show it. */
export const bucketOf = (filter: Filter): Statement =>
  sql`date_trunc(${unitOf(filter)}, at at time zone ${filter.timeZone}::text)`;

/** The moment at which a row's hour or day begins. */
export const startOfBucket = (filter: Filter): Statement =>
  sql`(${bucketOf(filter)} at time zone ${filter.timeZone}::text)`;

/** Rows by hour or day, also for those without any: `counted` has them by `bucket`. */
export function byTime(filter: Filter, columns: readonly string[], counted: Statement): Statement {
  const { from, to } = filter;
  const unit = unitOf(filter);
  const shape = unit === 'hour' ? 'YYYY-MM-DD HH24:MI' : 'YYYY-MM-DD';
  const shown = columns.map((column) =>
    column.endsWith('_seconds')
      ? sql`c.${sql.identifier(column)}`
      : sql`coalesce(c.${sql.identifier(column)}, 0)::float8 as ${sql.identifier(column)}`,
  );
  return sql`
    select to_char(b.bucket, ${shape}) as bucket, ${sql.join(shown, sql`, `)}
    from generate_series(${from}::date::timestamp, (${to}::date + 1)::timestamp - ${`1 ${unit}`}::interval,
      ${`1 ${unit}`}::interval) b(bucket)
    left join (${counted}) c using (bucket)
    order by 1`;
}
