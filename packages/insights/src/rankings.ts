import { sql } from '@bot/history';
import { isWithin } from './period.ts';
import { counts, type Report } from './report.ts';

const name = (column: string) => ({ name: column, kind: 'name' }) as const;

export const intents: Report = {
  name: 'intents',
  columns: [name('intent'), ...counts('times', 'people'), { name: 'confidence', kind: 'share' }],
  statement: (filter, most) => sql`
    select intent, sum(times)::float8 as times, count(*)::float8 as people,
      (sum(confidence) / sum(times))::float8 as confidence
    from (
      select intent, page_id, psid, count(*) as times, sum(confidence) as confidence
      from bot_history.insights_intents
      where ${isWithin(filter)}
      group by intent, page_id, psid
    ) by_person
    group by intent
    order by times desc, intent
    limit ${most}`,
};

export const buttons: Report = {
  name: 'buttons',
  columns: [name('action'), ...counts('taps', 'people')],
  statement: (filter, most) => sql`
    select action, sum(taps)::float8 as taps, count(*)::float8 as people
    from (
      select action, page_id, psid, count(*) as taps
      from bot_history.insights_buttons
      where ${isWithin(filter)}
      group by action, page_id, psid
    ) by_person
    group by action
    order by taps desc, action
    limit ${most}`,
};

/** Each flow's questions, the most asked first: that is their order, since people only get lost on the way. */
export const flows: Report = {
  name: 'flows',
  columns: [
    name('flow'),
    name('step'),
    ...counts('asked', 'left_here', 'finished_here'),
    { name: 'share_left', kind: 'share' },
  ],
  statement: (filter, most) => sql`
    select flow, step, asked::float8, left_here::float8, finished_here::float8,
      left_here::float8 / nullif(asked, 0) as share_left
    from (
      select flow, step, count(*) filter (where change = 'asked') as asked,
        count(*) filter (where change = 'left') as left_here,
        count(*) filter (where change = 'finished') as finished_here
      from bot_history.insights_flows
      where ${isWithin(filter)}
      group by flow, step
    ) counted
    order by flow, asked desc, step
    limit ${most}`,
};

/** What people wrote: asked for by whoever asks for texts, and by nobody else. */
export const unansweredTexts: Report = {
  name: 'unanswered-texts',
  columns: [name('time'), name('page'), { name: 'text', kind: 'text' }],
  statement: (filter, most) => sql`
    select to_char(at at time zone ${filter.timeZone}::text, 'YYYY-MM-DD HH24:MI') as time,
      page_id as page, text
    from bot_history.insights_unanswered_texts
    where ${isWithin(filter)}
    order by at desc
    limit ${most}`,
};
