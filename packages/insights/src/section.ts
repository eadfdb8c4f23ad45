import { fileOf, type AddressOptions } from './address.ts';
import { barChart, highestOf, numberIn } from './chart.ts';
import { html, type Html } from './html.ts';
import { hasTexts } from './reports.ts';
import type { Column, ColumnKind, FoundReport } from './report.ts';
import { table } from './table.ts';
import type { Words } from './words.ts';

export interface SectionOptions extends AddressOptions {
  readonly found: FoundReport;
  readonly words: Words;
  readonly write: (value: unknown, kind: ColumnKind) => string;
}

/** A report with its title, what it means, its file, and its chart where it has one. */
export function section(options: SectionOptions & { readonly mostTexts: number }): Html {
  const { found, words, mostTexts } = options;
  const { name } = found.report;
  const about = hasTexts(found.report) ? words.newest(mostTexts) : words.reports[name]?.about;
  return html`<section aria-labelledby="${name}">
    ${head(options)}
    <p class="quiet">${about}</p>
    ${found.report.stacked === undefined ? table(options) : chart(options, found.report.stacked)}
  </section>`;
}

/** The figures of the whole period, side by side. */
export function summarySection(options: SectionOptions): Html {
  const { found, words, write } = options;
  const { report, rows } = found;
  const figures = report.columns.map(
    ({ name, kind }) =>
      html`<div>
        <dt>${words.columns[name]}</dt>
        <dd data-figure="${name}">${write(rows[0]?.[name], kind)}</dd>
      </div>`,
  );
  return html`<section aria-labelledby="${report.name}">
    ${head(options)}
    <p class="quiet">${words.reports[report.name]?.about}</p>
    <dl>${figures}</dl>
  </section>`;
}

function head({ found, words, ...address }: SectionOptions): Html {
  const { name } = found.report;
  const { title = name } = words.reports[name] ?? {};
  return html`<div class="head">
    <h2 id="${name}">${title}</h2>
    <a href="${fileOf(name, address)}" aria-label="${words.csv}: ${title}">${words.csv}</a>
  </div>`;
}

function chart(options: SectionOptions, stacked: readonly string[]): Html {
  const { found, words, write } = options;
  const { rows, report } = found;
  const { title = report.name } = words.reports[report.name] ?? {};
  const totals = stacked.map((name) => ({
    name: words.columns[name] ?? name,
    total: rows.reduce((sum, row) => sum + numberIn(row, name), 0),
  }));
  const labelOf = ({ name }: Column): string => words.columns[name] ?? name;
  const bucketAt = (at: number): string => write(rows.at(at)?.['bucket'], 'bucket');
  return html`<figure>
    <ul class="legend">
      ${totals.map(
        ({ name, total }, series) =>
          html`<li>
            <svg class="swatch" aria-hidden="true" viewBox="0 0 1 1">
              <rect class="series-${series + 1}" width="1" height="1" /></svg
            >${name} <b>${write(total, 'count')}</b>
          </li>`,
      )}
    </ul>
    <div class="plot">
      <span class="highest" aria-hidden="true">${write(highestOf(rows, stacked), 'count')}</span>
      ${barChart({
        rows,
        stacked,
        label: `${title}, ${words.total}: ${totals.map(({ name, total }) => `${name} ${write(total, 'count')}`).join(', ')}`,
        titleOf: (row) =>
          report.columns
            .map((column) =>
              column.kind === 'bucket'
                ? write(row[column.name], 'bucket')
                : `${labelOf(column)} ${write(row[column.name], column.kind)}`,
            )
            .join('\n'),
      })}
      <div class="ends" aria-hidden="true">
        <span>${bucketAt(0)}</span><span>${bucketAt(-1)}</span>
      </div>
    </div>
    <details>
      <summary>${words.table}</summary>
      ${table(options)}
    </details>
  </figure>`;
}
