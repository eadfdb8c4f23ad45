import { sql as drizzle } from 'drizzle-orm';

/**
 * A statement with its values, as `sql` writes it. Named by what little it shows, so that whoever imports
 * this package compiles none of the types of drizzle-orm, whose own fit.
 */
export interface Statement {
  /** Its parts, for drizzle-orm. */
  getSQL(): object;
}

/** What {@link sql} is. */
export interface Sql {
  /** Values travel beside the statement; statements within become part of it. */
  (parts: TemplateStringsArray, ...values: readonly unknown[]): Statement;
  /** A statement that is text alone: never of what a person wrote. */
  raw(text: string): Statement;
  /** A name of a table or column, in quotes. */
  identifier(name: string): Statement;
  /** One after another. */
  join(statements: Statement[], between: Statement): Statement;
}

/**
 * Writes a statement, for reports of a team's own.
 *
 * @example
 * await database.rows(sql`select count(*)::int as n from bot_history.messages where page_id = ${pageId}`);
 */
export const sql: Sql = drizzle;
