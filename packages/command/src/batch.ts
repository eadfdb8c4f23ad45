import { type Context, reasonOf, type Verdict } from './context.ts';

/** What became of the items so far, in their order, and why there are no more. */
export interface Batch<Result> {
  readonly results: readonly Result[];
  readonly end:
    | { readonly kind: 'done' }
    /** `within` an item's work, of which nobody knows then whether it was done. */
    | { readonly kind: 'cut'; readonly why: string; readonly within: boolean };
}

const STOPPED = 'Stopped';

/** Does the work for one item after the other, until it is stopped or fails. */
export async function doEach<Item, Result>(
  { output, signal }: Context,
  what: string,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Batch<Result>> {
  const results: Result[] = [];
  const progress = output.progress(what, items.length);
  try {
    for (const item of items) {
      if (signal.aborted) return { results, end: { kind: 'cut', why: STOPPED, within: false } };
      results.push(await work(item));
      progress.advance();
    }
    return { results, end: { kind: 'done' } };
  } catch (error) {
    const why = signal.aborted ? STOPPED : `Failed (${reasonOf(error)})`;
    return { results, end: { kind: 'cut', why, within: true } };
  } finally {
    progress.end();
  }
}

/** Says how far a batch came that did not come to its end. */
export function tellEnd(
  { output }: Context,
  { results, end }: Batch<unknown>,
  total: number,
  what: string,
): Verdict {
  if (end.kind === 'done') return 'well';
  const far = `${results.length} of ${total} ${what}${end.within ? ', perhaps one more' : ''}`;
  output.complain(`${end.why}: ${far}; the rest is as it was. The same command again goes on.`);
  return 'trouble';
}
