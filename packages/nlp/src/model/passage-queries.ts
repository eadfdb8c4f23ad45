/** In one block, which is one transaction, and one process at a time: else two could collide. */
export function preparePassages(table: string): string {
  return `
do $$ begin
  perform pg_advisory_xact_lock(hashtext('${table}'));
  create table if not exists ${table} (
    file text not null,
    hash text not null,
    position integer not null,
    headings jsonb not null,
    text text not null,
    own_heading text not null,
    other_headings text not null,
    words text not null,
    search tsvector not null generated always as (
      setweight(to_tsvector('simple', own_heading), 'A') ||
      setweight(to_tsvector('simple', words), 'B') ||
      setweight(to_tsvector('simple', other_headings), 'C')
    ) stored,
    -- With the hash, so that old and new passages of a file can pass each other in one statement.
    primary key (file, hash, position)
  );
  create index if not exists ${table}_search on ${table} using gin (search);
end $$`;
}

/** $1: all files as [{file, hash}]; $2: the passages of those that changed. */
export function loadPassages(table: string): string {
  return `
with kept as (
  select * from jsonb_to_recordset($1::jsonb) as f(file text, hash text)
), gone as (
  delete from ${table} old
  where not exists (select from kept where kept.file = old.file and kept.hash = old.hash)
)
insert into ${table} (file, hash, position, headings, text, own_heading, other_headings, words)
select * from jsonb_to_recordset($2::jsonb) as p(
  file text, hash text, position integer, headings jsonb, text text,
  own_heading text, other_headings text, words text
)
on conflict do nothing`;
}

/**
 * $1: search terms; $2: how many. A term counts the more the fewer passages have it, as in BM25:
 * PostgreSQL's own rank does not know that.
 */
export function foundPassages(table: string): string {
  return `
with asked as (
  select value::tsquery as query from jsonb_array_elements_text($1::jsonb)
), term as (
  select query, (select count(*) from ${table} where search @@ query) as hits from asked
), total as (
  select count(*) as passages from ${table}
)
select found.file, found.position, found.headings, found.text
from ${table} found join term on found.search @@ term.query cross join total
group by found.file, found.hash, found.position
order by sum(
  ts_rank(found.search, term.query) * ln(1 + (passages - hits + 0.5) / (hits + 0.5))
) desc, found.file, found.position
limit $2`;
}
