import { doEach, tellEnd } from './batch.ts';
import { type Context, reasonOf, type Verdict } from './context.ts';
import type { OperatorPage } from './operations.ts';
import { printable } from './printable.ts';

/** A part of what a Page shows around its conversations that is not as it is in code. */
export interface MenuChange {
  /** `persistentMenu`, `greeting` and so on. */
  readonly part: string;
  readonly kind: 'add' | 'change' | 'remove';
  readonly from: unknown;
  readonly to: unknown;
}

/** How a Page's menu is compared; `syncProfile` of `@bot/handlers` fits. */
export interface SyncMenuOptions {
  readonly apply: boolean;
  /** Is given the difference, in lines for people. */
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What became of one Page. */
interface Synced extends Pick<OperatorPage, 'pageId' | 'name'> {
  readonly changes: readonly MenuChange[];
  /** Why this Page could not be compared or changed. */
  readonly error?: string;
}

/** `bot menu diff` and `bot menu apply` */
export async function syncMenus(
  context: Context,
  { apply }: { readonly apply: boolean },
): Promise<Verdict> {
  const { operations, output, signal } = context;
  const { pages } = operations;
  const what = apply ? 'changed' : 'compared';
  const lines: string[] = [];
  const batch = await doEach(context, `Pages ${what}`, pages, (page) => {
    if (pages.length > 1) lines.push(`Page ${page.name ?? page.pageId ?? '-'}:`);
    return syncOne(page, {
      apply,
      print: (text) => void lines.push(...text.split('\n')),
      signal,
    });
  });
  const differs = batch.results.some(({ changes }) => changes.length > 0);
  output.show({ applied: apply, pages: batch.results }, () => [
    ...lines.map(printable),
    ...(differs && !apply ? ['Nothing was changed: `bot menu apply` changes it.'] : []),
  ]);
  const failed = batch.results.filter(({ error }) => error !== undefined);
  for (const { pageId, name, error = '' } of failed) {
    const page = name ?? pageId;
    output.complain(page === undefined ? error : `Page ${page}: ${error}`);
  }
  const end = tellEnd(context, batch, pages.length, `Pages were ${what}`);
  return failed.length > 0 || (differs && !apply) ? 'trouble' : end;
}

/** One Page in trouble keeps none of the others from its menu. */
async function syncOne(page: OperatorPage, options: SyncMenuOptions): Promise<Synced> {
  const { pageId, name } = page;
  try {
    return { pageId, name, changes: await page.syncMenu(options) };
  } catch (error) {
    options.signal.throwIfAborted();
    return { pageId, name, changes: [], error: reasonOf(error) };
  }
}
