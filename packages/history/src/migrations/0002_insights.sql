create view bot_history.insights_messages as
select m.at, m.page_id, m.psid, m.direction, m.kind, c.first_seen
from bot_history.messages m
left join bot_history.conversations c on c.page_id = m.page_id and c.psid = m.psid
where m.state <> 'failed'
  and (m.direction <> 'in' or m.kind in ('text', 'attachments', 'postback', 'order'));
--> statement-breakpoint
comment on view bot_history.insights_messages is 'What was said, without the words; first_seen of the person tells new ones from those who return.';
--> statement-breakpoint
create view bot_history.insights_answers as
select e.at, e.page_id, e.psid, e.kind,
  extract(epoch from r.sent_at - e.at)::float8 as seconds,
  case when r.sent_at is not null then 'bot' when n.direction = 'human' then 'human' end as answered_by
from bot_history.messages e
cross join lateral (
  select coalesce((
    select min(own.sent_at)
    from bot_history.messages own
    where own.at = e.at and own.page_id = e.page_id and own.psid = e.psid
      and own.direction = 'out' and own.step is not null and own.state <> 'failed'
      and starts_with(own.key, e.key || '/')
  ), (
    select min(next.sent_at)
    from bot_history.messages next
    where next.page_id = e.page_id and next.psid = e.psid
      and next.at > e.at and next.at <= e.at + interval '10 seconds'
      and next.direction = 'out' and next.step is not null and next.state <> 'failed'
  )) as sent_at
  offset 0
) r
left join lateral (
  select n.direction
  from bot_history.messages n
  where r.sent_at is null and n.page_id = e.page_id and n.psid = e.psid
    and n.at > e.at and n.at <= e.at + interval '1 day'
    and n.direction <> 'in' and n.state <> 'failed'
  order by n.at
  limit 1
) n on true
where e.direction = 'in' and e.kind in ('text', 'attachments', 'postback', 'order')
  and e.payload ->> 'channel' is distinct from 'standby';
--> statement-breakpoint
comment on view bot_history.insights_answers is 'After how long the bot answered what a person said: by a reply to it, or to what came within 10 seconds after it, since people write in fragments. Without one: whether a human was the next to say something, within a day.';
--> statement-breakpoint
create view bot_history.insights_buttons as
select m.at, m.page_id, m.psid,
  case m.kind when 'postback' then 'postback' else 'quick-reply' end as kind,
  substring(coalesce(m.payload ->> 'payload', m.payload ->> 'quickReplyPayload')
    from '^(?:[A-Za-z0-9_-]{22}\.)?((?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{1,40})(?::[0-9]{1,3}(?::.*)?)?$') as action
from bot_history.messages m
where m.direction = 'in'
  and (m.kind = 'postback' or m.kind = 'text' and m.payload ->> 'quickReplyPayload' is not null);
--> statement-breakpoint
comment on view bot_history.insights_buttons is 'Taps, by the name that stands first in a payload; null where there is none, as in a phone number that somebody let Messenger fill in.';
--> statement-breakpoint
create view bot_history.insights_notes as
select m.at, m.page_id, m.psid, m.direction, m.kind as event, n.note
from bot_history.messages m
cross join lateral jsonb_array_elements(
  case jsonb_typeof(m.notes) when 'array' then m.notes else '[]' end
) n(note)
where m.notes is not null;
--> statement-breakpoint
comment on view bot_history.insights_notes is 'What turns came to, one row a note: see TurnNote of @bot/handlers.';
--> statement-breakpoint
create view bot_history.insights_intents as
select at, page_id, psid, note ->> 'name' as intent, (note ->> 'confidence')::float8 as confidence
from bot_history.insights_notes
where note ->> 'kind' = 'intent';
--> statement-breakpoint
create view bot_history.insights_flows as
select at, page_id, psid, note ->> 'flow' as flow, note ->> 'step' as step, note ->> 'change' as change
from bot_history.insights_notes
where note ->> 'kind' = 'flow';
--> statement-breakpoint
create view bot_history.insights_takeovers as
select at, page_id, psid, case note ->> 'kind' when 'takeover' then note ->> 'by' else 'bot' end as to_whom
from bot_history.insights_notes
where note ->> 'kind' in ('takeover', 'released');
--> statement-breakpoint
comment on view bot_history.insights_takeovers is 'Who got the conversation: human, app, or the bot again.';
--> statement-breakpoint
create view bot_history.insights_unanswered as
select at, page_id, psid, event as kind
from bot_history.insights_notes
where note ->> 'kind' = 'unanswered';
--> statement-breakpoint
create view bot_history.insights_unanswered_texts as
select m.at, m.page_id, m.psid, m.text
from bot_history.messages m
where m.notes @> '[{"kind": "unanswered"}]' and m.text is not null;
--> statement-breakpoint
comment on view bot_history.insights_unanswered_texts is 'The only one of these views that has what people wrote: grant it to those alone who may read that.';
--> statement-breakpoint
create view bot_history.insights_pages as
with recursive pages as (
  (select page_id from bot_history.conversations order by page_id limit 1)
  union all
  select (
    select c.page_id from bot_history.conversations c
    where c.page_id > p.page_id order by c.page_id limit 1
  )
  from pages p
  where p.page_id is not null
)
select page_id from pages where page_id is not null;
--> statement-breakpoint
comment on view bot_history.insights_pages is 'The Pages that have conversations, by a jump in the index for each.';
