import { GraphApiError, type GraphClient } from '@bot/graph-client';
import { z } from 'zod';
import { pageTrouble, troubleOf, type PageTrouble } from './page-trouble.ts';

/** What a check of a Page came to. */
export type PageCheck =
  | { readonly kind: 'trouble'; readonly trouble: PageTrouble }
  | {
      readonly kind: 'well';
      readonly pageId: string;
      readonly name: string;
      /** Fields that the Page does not send and should. */
      readonly missingFields: readonly string[];
      /** Fields that it did not send and does again. */
      readonly repairedFields: readonly string[];
      /** Why nobody knows what it sends, or why what is missing could not be subscribed to. */
      readonly refusal?: string;
    };

export interface PageCheckOptions {
  /** A client of the Page without a breaker, which would answer from what it remembers. */
  readonly graph: Pick<GraphClient, 'call' | 'subscriptions'>;
  /** As which the Page is listed; absent, it is whichever the token is of. */
  readonly pageId?: string | undefined;
  /** Webhook fields that it should send. */
  readonly fields: readonly string[];
  /** Whether missing fields are subscribed to. */
  readonly repair: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

const me = z.object({ id: z.string(), name: z.string().default('') });

/**
 * Asks Graph whether a Page's token works and what the Page sends to the webhook.
 *
 * @throws GraphError when that cannot be found out now: the network or Graph is in trouble.
 *
 * @example
 * const check = await checkPage({ graph, fields: neededFields, repair: true, now, signal });
 * if (check.kind === 'trouble') console.log(check.trouble.remedy);
 */
export async function checkPage(options: PageCheckOptions): Promise<PageCheck> {
  const { graph, pageId, now, signal } = options;
  const query = { fields: 'id,name' };
  try {
    const parse = (answer: unknown): z.output<typeof me> => me.parse(answer);
    const { id, name } = await graph.call({ method: 'GET', path: 'me', query, signal, parse });
    if (pageId !== undefined && id !== pageId) {
      const reason = `The token listed for Page ${pageId} is one of Page ${id}.`;
      return { kind: 'trouble', trouble: pageTrouble('configuration', reason, now) };
    }
    return { kind: 'well', pageId: id, name, ...(await checkSubscription(options)) };
  } catch (error) {
    const trouble = troubleOf(error, now);
    if (trouble === undefined) throw error;
    return { kind: 'trouble', trouble };
  }
}

type SubscriptionCheck = Pick<
  Extract<PageCheck, { kind: 'well' }>,
  'missingFields' | 'repairedFields' | 'refusal'
>;

async function checkSubscription(options: PageCheckOptions): Promise<SubscriptionCheck> {
  const { graph, fields, repair, signal } = options;
  const missing = async (): Promise<string[]> => {
    const present = new Set((await graph.subscriptions.get({ signal }))?.fields);
    return fields.filter((field) => !present.has(field));
  };
  let before: string[] = [];
  try {
    before = await missing();
    if (before.length === 0 || !repair) return { missingFields: before, repairedFields: [] };
    await graph.subscriptions.repair(fields, { signal });
    // Read back: that Graph took the call is not yet a subscription.
    const missingFields = await missing();
    const repairedFields = before.filter((field) => !missingFields.includes(field));
    return { missingFields, repairedFields };
  } catch (error) {
    // A token may send and yet have no right to see or to change subscriptions.
    if (!(error instanceof GraphApiError) || passing.has(error.kind)) throw error;
    return { missingFields: before, repairedFields: [], refusal: error.message };
  }
}

/** Refusals that say nothing of subscriptions. */
const passing: ReadonlySet<string> = new Set(['token-dead', 'throttled', 'transient']);
