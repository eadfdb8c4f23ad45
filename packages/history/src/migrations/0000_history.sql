create sequence bot_history.message_ids;
--> statement-breakpoint
create table bot_history.messages (
  at timestamptz(3) not null,
  key text not null,
  id bigint not null default nextval('bot_history.message_ids'),
  page_id text not null,
  psid text not null,
  direction text not null check (direction in ('in', 'out', 'human')),
  kind text not null,
  mid text,
  text text,
  payload jsonb,
  step text,
  state text not null check (state in ('received', 'sent', 'delivered', 'read', 'failed')),
  sent_at timestamptz(3),
  error text,
  words tsvector not null,
  kept_at timestamptz(3) not null default now(),
  primary key (at, key)
) partition by range (at);
--> statement-breakpoint
comment on table bot_history.messages is 'All that people did and that was said to them; a partition a month, by the time of the event.';
--> statement-breakpoint
create index messages_of_conversation on bot_history.messages (page_id, psid, at, id);
--> statement-breakpoint
create index messages_by_word on bot_history.messages using gin (words);
--> statement-breakpoint
create index messages_in_doubt on bot_history.messages (key) where step is not null and (state = 'failed' or mid is null);
--> statement-breakpoint
create table bot_history.messages_default partition of bot_history.messages default;
--> statement-breakpoint
create table bot_history.conversations (
  page_id text not null,
  psid text not null,
  first_seen timestamptz(3) not null,
  last_seen timestamptz(3),
  bot_at timestamptz(3),
  human_since timestamptz(3),
  delivered_until timestamptz(3),
  read_until timestamptz(3),
  primary key (page_id, psid)
);
--> statement-breakpoint
create table bot_history.streams (
  name text primary key,
  written text not null default '0-0'
);
--> statement-breakpoint
comment on table bot_history.streams is 'A row for each stream of records; whoever writes one holds its lock, and notes the id of the last entry that is written.';
