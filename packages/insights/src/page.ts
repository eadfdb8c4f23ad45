import { PATH, queryOf, type AddressOptions } from './address.ts';
import { presets } from './filter.ts';
import { filterForm } from './filter-form.ts';
import { html, type Html } from './html.ts';
import type { FoundReport } from './report.ts';
import { section, summarySection } from './section.ts';
import { wordsOf, type Language, type Words } from './words.ts';
import { createWriting } from './writing.ts';

/** What the page shows. */
export interface PageOptions extends AddressOptions {
  readonly pages: readonly string[];
  readonly summary: FoundReport;
  readonly reports: readonly FoundReport[];
  /** Rows of what people wrote at the most. */
  readonly mostTexts: number;
}

/** The whole page of figures. */
export function page(options: PageOptions): Html {
  const { filter, language, summary, reports, mostTexts } = options;
  const words = wordsOf(language);
  const write = createWriting(language, words);
  const other = language === 'en' ? 'vi' : 'en';
  return frame(
    language,
    html`<header>
        <h1>${words.title}</h1>
        <a href="${PATH}${queryOf(options, { lang: other })}" lang="${other}" hreflang="${other}"
          >${words.language}</a
        >
      </header>
      ${filterForm(options)}
      <nav aria-label="${words.filter.presets}">
        <ul class="presets">
          ${presets.map(
            (days) =>
              html`<li>
                <a
                  href="${PATH}${queryOf(options, { from: undefined, to: undefined, days: String(days) })}"
                  >${words.presets[days]}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <main id="figures">
        <p class="period">${filter.from} – ${filter.to}, ${filter.timeZone}</p>
        ${summarySection({ ...options, found: summary, words, write })}
        <div class="sections">
          ${reports.map((found) => section({ ...options, found, words, write, mostTexts }))}
        </div>
        <p>
          <a
            class="texts"
            href="${PATH}${queryOf(options, { texts: filter.texts ? undefined : '1' })}"
            >${filter.texts ? words.hideTexts : words.showTexts}</a
          >
        </p>
      </main>`,
  );
}

/** A page that says why there is none. */
export function trouble(
  language: Language,
  { title, lines }: { readonly title: string; readonly lines: readonly string[] },
): Html {
  return frame(
    language,
    html`<main id="figures" class="trouble">
      <h1>${title}</h1>
      ${lines.map((line) => html`<p>${line}</p>`)}
    </main>`,
  );
}

function frame(language: Language, body: Html): Html {
  const words: Words = wordsOf(language);
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${PATH}/insights.css" />
      </head>
      <body>
        <a class="skip" href="#figures">${words.toContent}</a>
        ${body}
      </body>
    </html> `;
}
