import { z } from 'zod';

import type { GraphCall, MakeCall } from '../graph-call.ts';
import { readRenamed } from './answers.ts';

const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({
      cursors: z.object({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional()
    .catch(undefined),
});

/**
 * The items of a list, page after page, each page fetched when the one before is used up. Follows
 * the cursor and never Graph's `next` address, which has the token in it.
 *
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export async function* paged<Item>(
  makeCall: MakeCall,
  request: GraphCall,
  item: z.ZodType<Item>,
): AsyncGenerator<Item, void, undefined> {
  let after: string | undefined;
  do {
    const query = { ...request.query, after };
    const name = `GET ${request.path}`;
    const { data, paging } = readRenamed(page, await makeCall({ ...request, query }), name);
    for (const each of data) {
      yield readRenamed(item, each, name);
    }
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
  } while (after !== undefined);
}
