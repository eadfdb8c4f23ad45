import { PATH } from './address.ts';
import { html, type Html } from './html.ts';
import type { PageOptions } from './page.ts';
import { wordsOf } from './words.ts';

/** The filter, as a form that makes an address: a view can be linked, and needs no script. */
export function filterForm({ filter, language, pages }: PageOptions): Html {
  const words = wordsOf(language).filter;
  const { page, from, to, timeZone, texts } = filter;
  // Also one of which nothing is kept: it was asked for.
  const all = [...new Set([...pages, ...(page === undefined ? [] : [page])])];
  const option = (value: string, shown: string, isChosen: boolean): Html =>
    isChosen
      ? html`<option value="${value}" selected>${shown}</option>`
      : html`<option value="${value}">${shown}</option>`;
  return html`<form action="${PATH}" method="get">
    <label
      >${words.page}
      <select name="page">
        ${option('', words.allPages, page === undefined)}${all.map((each) => option(each, each, each === page))}
      </select></label
    >
    <label>${words.from} <input type="date" name="from" value="${from}" required /></label>
    <label>${words.to} <input type="date" name="to" value="${to}" required /></label>
    <label
      >${words.timeZone} <input name="tz" value="${timeZone}" autocomplete="off" spellcheck="false"
    /></label>
    <input type="hidden" name="lang" value="${language}" />
    ${texts ? html`<input type="hidden" name="texts" value="1" />` : undefined}
    <button>${words.apply}</button>
  </form>`;
}
