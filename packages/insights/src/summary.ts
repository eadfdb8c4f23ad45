import { sql } from '@bot/history';
import { IN_TIME_SECONDS } from './over-time.ts';
import { isWithin, startOfPeriod } from './period.ts';
import { counts, type Report } from './report.ts';

/** The whole period in one row; who wrote on several days is counted once. */
export const summary: Report = {
  name: 'summary',
  columns: [
    ...counts('people', 'new_people', 'returning_people'),
    ...counts('from_people', 'from_bot', 'from_humans'),
    { name: 'share_in_time', kind: 'share' },
    { name: 'median_seconds', kind: 'seconds' },
    ...counts('no_answer', 'unanswered', 'to_human'),
  ],
  statement: (filter) => sql`
    select s.*, m.*, a.*, u.*, t.*
    from (
      select count(*)::float8 as people, (count(*) filter (where is_new))::float8 as new_people,
        (count(*) filter (where not is_new))::float8 as returning_people
      from (
        select distinct page_id, psid, coalesce(first_seen >= ${startOfPeriod(filter)}, true) as is_new
        from bot_history.insights_messages
        where direction = 'in' and ${isWithin(filter)}
      ) seen
    ) s, (
      select (count(*) filter (where direction = 'in'))::float8 as from_people,
        (count(*) filter (where direction = 'out'))::float8 as from_bot,
        (count(*) filter (where direction = 'human'))::float8 as from_humans
      from bot_history.insights_messages
      where ${isWithin(filter)}
    ) m, (
      select avg((seconds <= ${IN_TIME_SECONDS})::int)::float8 as share_in_time,
        percentile_cont(0.5) within group (order by seconds) as median_seconds,
        (count(*) filter (where answered_by is null))::float8 as no_answer
      from bot_history.insights_answers
      where ${isWithin(filter)}
    ) a, (
      select count(*)::float8 as unanswered
      from bot_history.insights_unanswered
      where ${isWithin(filter)}
    ) u, (
      select count(*)::float8 as to_human
      from bot_history.insights_takeovers
      where to_whom = 'human' and ${isWithin(filter)}
    ) t`,
};
