import { z } from 'zod';
import { objectId, type Random } from '../random.ts';
import type { Store } from '../state/store.ts';
import { listOf } from './lists.ts';
import { parseParameters, text } from './parameters.ts';
import { type Resource, SUCCESS, unknownPerson } from './resource.ts';

interface Label {
  readonly id: string;
  readonly pageId: string;
  readonly page_label_name: string;
  readonly people: Set<string>;
}

const creating = z.strictObject({ page_label_name: text(100) });
const assigning = z.strictObject({ user: text() });
const USUAL = ['id'];

/** Labels of people. @see https://developers.facebook.com/docs/messenger-platform/identity/custom-labels */
export function createLabelCalls(store: Store, random: Random): Resource {
  const labels = new Map<string, Label>();
  const ofPage = (pageId: string): Label[] =>
    [...labels.values()].filter((label) => label.pageId === pageId);
  const shown = ({ id, page_label_name }: Label): Record<string, string> => ({
    id,
    page_label_name,
  });

  function personOf(pageId: string, parameters: unknown): string {
    const { user } = parseParameters(assigning, parameters);
    if (store.person(user)?.pageId !== pageId) throw unknownPerson();
    return user;
  }

  return {
    kindOf: (id, pageId) => (labels.get(id)?.pageId === pageId ? 'label' : undefined),
    calls: {
      'POST page/custom_labels': ({ pageId, parameters }) => {
        const { page_label_name } = parseParameters(creating, parameters);
        const same = ofPage(pageId).find((label) => label.page_label_name === page_label_name);
        if (same !== undefined) return { id: same.id };
        const id = objectId(random);
        labels.set(id, { id, pageId, page_label_name, people: new Set() });
        return { id };
      },
      'GET page/custom_labels': (asked) => listOf(ofPage(asked.pageId).map(shown), asked, USUAL),
      'GET person/custom_labels': (asked) => {
        const theirs = ofPage(asked.pageId).filter(({ people }) => people.has(asked.id));
        return listOf(theirs.map(shown), asked, USUAL);
      },
      'DELETE label': ({ id }) => {
        labels.delete(id);
        return SUCCESS;
      },
      'POST label/label': ({ id, pageId, parameters }) => {
        labels.get(id)?.people.add(personOf(pageId, parameters));
        return SUCCESS;
      },
      'DELETE label/label': ({ id, pageId, parameters }) => {
        labels.get(id)?.people.delete(personOf(pageId, parameters));
        return SUCCESS;
      },
    },
  };
}
