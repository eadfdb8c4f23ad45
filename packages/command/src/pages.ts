import { doEach, tellEnd } from './batch.ts';
import type { Context, Verdict } from './context.ts';
import { findingsOf, unreached } from './page-check.ts';
import { formatTable } from './table.ts';

/** `bot pages check` */
export async function checkPages(
  context: Context,
  { repair = false }: { readonly repair?: boolean },
): Promise<Verdict> {
  const { operations, output, signal } = context;
  const { pages } = operations;
  const batch = await doEach(context, 'Pages checked', pages, async (page) => {
    const { pageId, name } = page;
    try {
      const found = findingsOf(await page.check({ repair, signal }));
      return { ...found, pageId: found.pageId ?? pageId, name: name ?? found.name };
    } catch (error) {
      signal.throwIfAborted();
      return { ...unreached(error), pageId, name };
    }
  });
  const checked = batch.results;
  output.show({ pages: checked }, (width) =>
    formatTable(
      columns,
      checked.flatMap(({ pageId = '-', name = '-', findings }) =>
        findings.length === 0
          ? [[pageId, name, 'well', '', '']]
          : findings.map(({ kind, text, remedy }) => [
              pageId,
              name,
              remedy === undefined ? 'repaired' : kind,
              text,
              remedy ?? '',
            ]),
      ),
      width,
    ),
  );
  const end = tellEnd(context, batch, pages.length, 'Pages were checked');
  return checked.every(({ ok }) => ok) ? end : 'trouble';
}

const columns = [
  { title: 'PAGE' },
  { title: 'NAME', mayShrink: true },
  { title: 'STATE' },
  { title: 'WHY', mayShrink: true },
  { title: 'WHAT TO DO', mayShrink: true },
];
