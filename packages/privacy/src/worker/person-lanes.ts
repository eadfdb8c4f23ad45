import type { Turn } from '@bot/queue';
import { isUserId } from '../deletion.ts';

/** A Page, and who asks Graph as it; a `GraphClient` fits. */
export interface GraphPage {
  /** Asked of Graph when it is absent. */
  readonly pageId: string | undefined;
  readonly graph: {
    call(request: {
      readonly method: 'GET';
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
      readonly signal: AbortSignal;
    }): Promise<unknown>;
  };
}

/** The lanes that may be a person's, and what kept others from being found. */
export interface PersonLanes {
  readonly lanes: readonly string[];
  /** One for each Page that could not be asked. */
  readonly troubles: readonly unknown[];
}

/**
 * The lanes of a person, by the id that Meta's callbacks bring. That id is scoped to the app, and people
 * have another one on each Page, which Graph's `ids_for_pages` tells. Meta's pages do not list that edge
 * any more, so it may be refused: then only the id itself is looked for, since it may be one of a Page.
 *
 * A Page that has answered is not asked again when the turn is: what the person says to it later is
 * none of this wish.
 */
export async function findLanes(
  userId: string,
  pages: Iterable<GraphPage>,
  { step, signal }: Pick<Turn, 'step' | 'signal'>,
): Promise<PersonLanes> {
  const lanes = new Set<string>();
  const troubles: unknown[] = [];
  for (const { graph, pageId: known } of pages) {
    const ask = (path: string, query: Record<string, string>): Promise<unknown> =>
      graph.call({ method: 'GET', path, query, signal });
    try {
      const pageId = known ?? idOf(await ask('me', { fields: 'id' }));
      lanes.add(`${pageId}:${userId}`);
      const psids = await step(`ids-${pageId}`, () =>
        ask(`${userId}/ids_for_pages`, { page: pageId }).then(
          (answer) => psidsIn(answer, pageId),
          (error: unknown) => {
            if (isForGood(error)) return [];
            throw error;
          },
        ),
      );
      for (const psid of psids ?? []) lanes.add(`${pageId}:${psid}`);
    } catch (error) {
      signal.throwIfAborted();
      troubles.push(error);
    }
  }
  return { lanes: [...lanes], troubles };
}

function idOf(answer: unknown): string {
  const { id } = fieldsOf(answer);
  if (isUserId(id)) return id;
  throw new Error('Graph did not tell the id of the Page whose token it was asked with.');
}

/** Of `{ data: [{ id, page: { id } }] }`. */
function psidsIn(answer: unknown, pageId: string): string[] {
  const { data } = fieldsOf(answer);
  const entries = Array.isArray(data) ? data.map(fieldsOf) : [];
  return entries
    .filter(({ page }) => fieldsOf(page)['id'] === pageId)
    .map(({ id }) => id)
    .filter(isUserId);
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/**
 * Graph refuses the question itself, or has no such person on the Page, and would again. What is wrong
 * with the Page or the app, such as a token or a permission, somebody can mend.
 */
function isForGood(error: unknown): boolean {
  if (!(error instanceof Error && 'retryAfterMs' in error && 'kind' in error && 'scope' in error)) {
    return false;
  }
  const { retryAfterMs, kind, scope } = error;
  const isItsOwn = scope === 'message' || scope === 'recipient';
  return isItsOwn && retryAfterMs === undefined && kind !== 'aborted';
}
