import type { FoundReport } from './report.ts';

/** What a spreadsheet takes for the beginning of a formula, wide forms included, and white space before it. */
const FORMULA = /^[\s\u00A0]*[=+\-@\t\r＝＋－＠]/u;

/**
 * Rows as CSV (RFC 4180) with a mark that makes spreadsheets read UTF-8. Words that could be taken for
 * a formula get an apostrophe before them, as OWASP advises.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvOf({ report, rows }: FoundReport): string {
  const names = report.columns.map(({ name }) => name);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return `\uFEFF${lines.map((cells) => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`).join('')}`;
}

function csvCell(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
