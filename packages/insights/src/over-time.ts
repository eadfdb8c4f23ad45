import { sql } from '@bot/history';
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

export const messages: Report = {
  name: 'messages',
  columns: [bucket, ...counts('from_people', 'from_bot', 'from_humans')],
  stacked: ['from_people', 'from_bot', 'from_humans'],
  statement: (filter) =>
    byTime(
      filter,
      ['from_people', 'from_bot', 'from_humans'],
      sql`
        select ${bucketOf(filter)} as bucket, count(*) filter (where direction = 'in') as from_people,
          count(*) filter (where direction = 'out') as from_bot,
          count(*) filter (where direction = 'human') as from_humans
        from bot_history.insights_messages
        where ${isWithin(filter)}
        group by 1`,
    ),
};

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

export const unanswered: Report = {
  name: 'unanswered',
  columns: [bucket, ...counts('unanswered')],
  stacked: ['unanswered'],
  statement: (filter) =>
    byTime(
      filter,
      ['unanswered'],
      sql`
        select ${bucketOf(filter)} as bucket, count(*) as unanswered
        from bot_history.insights_unanswered
        where ${isWithin(filter)}
        group by 1`,
    ),
};

export const takeovers: Report = {
  name: 'takeovers',
  columns: [bucket, ...counts('to_human', 'to_app', 'to_bot')],
  stacked: ['to_human', 'to_app', 'to_bot'],
  statement: (filter) =>
    byTime(
      filter,
      ['to_human', 'to_app', 'to_bot'],
      sql`
        select ${bucketOf(filter)} as bucket, count(*) filter (where to_whom = 'human') as to_human,
          count(*) filter (where to_whom = 'app') as to_app,
          count(*) filter (where to_whom = 'bot') as to_bot
        from bot_history.insights_takeovers
        where ${isWithin(filter)}
        group by 1`,
    ),
};
