import type { Store } from '../state/store.ts';
import { chosen } from './lists.ts';
import type { Resource } from './resource.ts';

const USUAL = ['first_name', 'last_name', 'profile_pic'];

/** What Graph tells of people. @see https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
export function createPersonCalls(store: Store, origin: () => string): Resource {
  return {
    kindOf: (id, pageId) => (store.person(id)?.pageId === pageId ? 'person' : undefined),
    calls: {
      'GET person': ({ id, parameters }) => {
        const { name = '', locale = 'vi_VN', timezone = 7 } = store.person(id) ?? {};
        const words = name.split(' ');
        const told = {
          id,
          name,
          // Vietnamese names have the family's name first.
          first_name: words.at(-1) ?? '',
          last_name: words.slice(0, -1).join(' '),
          profile_pic: `${origin()}/picture.svg`,
          locale,
          timezone,
        };
        return chosen(told, parameters, USUAL);
      },
    },
  };
}
