import { sql, type Statement } from '@bot/history';
import { bucketOf, byTime, isWithin, startOfBucket } from './period.ts';
import { counts, type Report } from './report.ts';

const bucket = { name: 'bucket', kind: 'bucket' } as const;

/** Who wrote: new is who was first seen within that hour or day. */
export const people: Report = {
  name: 'people',
  columns: [bucket, ...counts('new_people', 'returning_people')],
  stacked: ['new_people', 'returning_people'],
  statement: (filter) =>
    byTime(
      filter,
      ['new_people', 'returning_people'],
      sql`
        select bucket, count(*) filter (where is_new) as new_people,
          count(*) filter (where not is_new) as returning_people
        from (
          select distinct ${bucketOf(filter)} as bucket, page_id, psid,
            coalesce(first_seen >= ${startOfBucket(filter)}, true) as is_new
          from bot_history.insights_messages
          where direction = 'in' and ${isWithin(filter)}
        ) seen
        group by 1`,
    ),
};

export const messages: Report = tally('messages', {
  from_people: sql`direction = 'in'`,
  from_bot: sql`direction = 'out'`,
  from_humans: sql`direction = 'human'`,
});

/** Meta asks that a bot answers within 30 seconds. */
export const IN_TIME_SECONDS = 30;

const outcomes = ['in_time', 'late', 'by_human', 'no_answer'] as const;
const times = ['median_seconds', 'most_seconds'] as const;

export const answers: Report = {
  name: 'answers',
  columns: [
    bucket,
    ...counts(...outcomes),
    ...times.map((name) => ({ name, kind: 'seconds' }) as const),
  ],
  stacked: outcomes,
  statement: (filter) =>
    byTime(
      filter,
      [...outcomes, ...times],
      sql`
        select ${bucketOf(filter)} as bucket,
          count(*) filter (where seconds <= ${IN_TIME_SECONDS}) as in_time,
          count(*) filter (where seconds > ${IN_TIME_SECONDS}) as late,
          count(*) filter (where answered_by = 'human') as by_human,
          count(*) filter (where answered_by is null) as no_answer,
          percentile_cont(0.5) within group (order by seconds) as median_seconds,
          percentile_cont(0.95) within group (order by seconds) as most_seconds
        from bot_history.insights_answers
        where ${isWithin(filter)}
        group by 1`,
    ),
};

export const unanswered: Report = tally('unanswered', { unanswered: sql`true` });

export const takeovers: Report = tally('takeovers', {
  to_human: sql`to_whom = 'human'`,
  to_app: sql`to_whom = 'app'`,
  to_bot: sql`to_whom = 'bot'`,
});

/** Rows of the view of that name, by what is true of them. */
function tally(name: string, kinds: Readonly<Record<string, Statement>>): Report {
  const stacked = Object.keys(kinds);
  const columns = Object.entries(kinds).map(
    ([column, isOfKind]) => sql`count(*) filter (where ${isOfKind}) as ${sql.identifier(column)}`,
  );
  return {
    name,
    columns: [bucket, ...counts(...stacked)],
    stacked,
    statement: (filter) =>
      byTime(
        filter,
        stacked,
        sql`
          select ${bucketOf(filter)} as bucket, ${sql.join(columns, sql`, `)}
          from bot_history.${sql.identifier(`insights_${name}`)}
          where ${isWithin(filter)}
          group by 1`,
      ),
  };
}
