import { highestOf, numberIn, rowBar } from './chart.ts';
import { html, type Html } from './html.ts';
import type { ColumnKind, FoundReport } from './report.ts';
import type { Words } from './words.ts';

export interface TableOptions {
  readonly found: FoundReport;
  readonly words: Words;
  readonly write: (value: unknown, kind: ColumnKind) => string;
}

/** A report's rows; those that are no times have bars for their first count. */
export function table({ found: { report, rows }, words, write }: TableOptions): Html {
  const { title = report.name } = words.reports[report.name] ?? {};
  const { columns, stacked } = report;
  const counted = stacked === undefined ? columns.find(({ kind }) => kind === 'count') : undefined;
  const most = counted === undefined ? 1 : highestOf(rows, [counted.name]);
  const bar = (row: (typeof rows)[number]): Html | undefined =>
    counted && html`<td class="bar">${rowBar(numberIn(row, counted.name), most)}</td>`;
  const [first, ...rest] = columns;
  if (first === undefined || rows.length === 0) return html`<p class="quiet">${words.nothing}</p>`;
  const heads = columns.map(
    ({ name, kind }) => html`<th scope="col" class="${kind}">${words.columns[name] ?? name}</th>`,
  );
  const lines = rows.map(
    (row) =>
      html`<tr>
        <th scope="row" class="${first.kind}">${write(row[first.name], first.kind)}</th>
        ${rest.map(({ name, kind }) => html`<td class="${kind}">${write(row[name], kind)}</td>`)}${bar(row)}
      </tr>`,
  );
  return html`<div class="scroller" tabindex="0" role="region" aria-label="${title}">
    <table>
      <thead>
        <tr>
          ${heads}${counted && html`<td></td>`}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}
