import type { Store } from '../state/store.ts';
import { chosen } from './lists.ts';
import type { Resource } from './resource.ts';

/** The Page itself: what a bot asks to see whether its token is right. */
export function createPageCalls(store: Store): Resource {
  return {
    calls: {
      'GET page': ({ pageId, parameters }) =>
        chosen({ id: pageId, name: store.page(pageId)?.name }, parameters),
    },
  };
}
