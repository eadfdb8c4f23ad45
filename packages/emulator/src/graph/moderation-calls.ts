import { z } from 'zod';
import type { Store } from '../state/store.ts';
import { listOf } from './lists.ts';
import { parseParameters, text } from './parameters.ts';
import { type Resource, SUCCESS, unknownPerson } from './resource.ts';

const moderating = z.strictObject({
  user_ids: z
    .array(z.strictObject({ id: text() }))
    .min(1)
    .max(10),
  actions: z
    .array(z.enum(['block_user', 'unblock_user', 'ban_user', 'unban_user', 'move_to_spam']))
    .min(1),
});

/**
 * Whom a Page has blocked; only kept, since what such people write still comes here.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/moderation
 */
export function createModerationCalls(store: Store): Resource {
  const blocked = new Map<string, Set<string>>();
  const of = (pageId: string): Set<string> => {
    const people = blocked.get(pageId) ?? new Set();
    blocked.set(pageId, people);
    return people;
  };
  return {
    calls: {
      'POST page/moderate_conversations': ({ pageId, parameters }) => {
        const { user_ids: people, actions } = parseParameters(moderating, parameters);
        if (people.some(({ id }) => store.person(id)?.pageId !== pageId)) throw unknownPerson();
        for (const { id } of people) {
          for (const action of actions) {
            if (action === 'block_user' || action === 'ban_user') of(pageId).add(id);
            if (action === 'unblock_user' || action === 'unban_user') of(pageId).delete(id);
          }
        }
        return SUCCESS;
      },
      'GET page/blocked': (asked) => {
        const items = [...of(asked.pageId)].map((id) => ({ id, name: store.person(id)?.name }));
        return listOf(items, asked);
      },
    },
  };
}
