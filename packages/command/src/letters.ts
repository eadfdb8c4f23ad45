import type { DeadLetter } from '@bot/queue';
import type { OperatorQueue } from './operations.ts';

const PAGE = 100;

/**
 * Dead letters, the newest first, as far as they are asked for. A list goes on where a time ended, and
 * several may bear the same: those are listed again and left out.
 *
 * @param pageId Only those of this Page; a conversation's lane begins with it.
 */
export async function* eachLetter(
  { deadLetters }: Pick<OperatorQueue, 'deadLetters'>,
  pageId?: string,
): AsyncGenerator<DeadLetter, void, void> {
  let limit = PAGE;
  let before = Infinity;
  let listed = new Set<string>();
  for (;;) {
    const page = await deadLetters.list({ limit, before });
    const oldest = page.at(-1);
    const fresh = page.filter(({ event }) => !listed.has(event.id));
    if (oldest === undefined || (fresh.length === 0 && page.length < limit)) return;
    for (const letter of fresh) {
      if (pageId === undefined || letter.event.lane.startsWith(`${pageId}:`)) yield letter;
    }
    // More of one time than a list takes.
    if (fresh.length === 0) limit *= 2;
    before = oldest.at + 1;
    listed = new Set(page.filter(({ at }) => at === oldest.at).map(({ event }) => event.id));
  }
}
