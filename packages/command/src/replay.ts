import { doEach, tellEnd } from './batch.ts';
import { type Context, type Verdict, withQueue } from './context.ts';
import { count } from './events.ts';
import { eachLetter } from './letters.ts';
import type { OperatorQueue } from './operations.ts';
import { printable } from './printable.ts';

/** Which dead letters. */
export type Chosen =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'page'; readonly pageId: string };

/** `bot dead-letters replay` */
export function replayDeadLetters(context: Context, chosen: Chosen): Promise<Verdict> {
  return withQueue(context, async ({ queue }) => {
    // All are chosen before the first goes back: what fails again at once is not replayed again.
    const ids = await idsOf(queue, chosen, context.signal);
    return decideEach(context, ids, 'replayed', (id) => queue.deadLetters.replay(id));
  });
}

/** `bot dead-letters drop` */
export function dropDeadLetters(
  context: Context,
  ids: readonly string[],
  { yes = false }: { readonly yes?: boolean },
): Promise<Verdict> {
  return withQueue(context, async ({ queue }) => {
    const question = `Drop ${count(ids.length, 'dead letter')} for good? [y/N] `;
    const answer = yes ? 'y' : await context.terminal.ask?.(question, context.signal);
    context.signal.throwIfAborted();
    if (!/^y(es)?$/i.test(answer ?? '')) {
      context.output.complain('Nothing was dropped.');
      return 'trouble';
    }
    return decideEach(context, ids, 'dropped', (id) => queue.deadLetters.drop(id));
  });
}

async function idsOf(
  queue: OperatorQueue,
  chosen: Chosen,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (chosen.kind === 'ids') return chosen.ids;
  const ids: string[] = [];
  for await (const { event } of eachLetter(
    queue,
    chosen.kind === 'page' ? chosen.pageId : undefined,
  )) {
    signal.throwIfAborted();
    ids.push(event.id);
  }
  // Oldest first, as they happened.
  return ids.toReversed();
}

async function decideEach(
  context: Context,
  chosen: readonly string[],
  done: 'replayed' | 'dropped',
  decide: (id: string) => Promise<boolean>,
): Promise<Verdict> {
  const ids = [...new Set(chosen)];
  const batch = await doEach(context, `dead letters ${done}`, ids, async (id) => ({
    id,
    wasThere: await decide(id),
  }));
  const those = (there: boolean): string[] =>
    batch.results.filter(({ wasThere }) => wasThere === there).map(({ id }) => id);
  const [decided, missing] = [those(true), those(false)];
  const left = ids.length - batch.results.length;
  context.output.show({ [done]: decided, missing, left }, () => [
    `${count(decided.length, 'dead letter')} ${done}.`,
    ...missing.map((id) => `There is no dead letter ${printable(id)}.`),
  ]);
  const end = tellEnd(context, batch, ids.length, `dead letters were ${done}`);
  return missing.length > 0 ? 'trouble' : end;
}
