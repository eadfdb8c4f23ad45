import { z } from 'zod';
import { objectId, type Random } from '../random.ts';
import { chosen, listOf } from './lists.ts';
import { httpUrl, parseParameters, text } from './parameters.ts';
import { type Resource, SUCCESS } from './resource.ts';

interface Persona {
  readonly id: string;
  readonly pageId: string;
  readonly name: string;
  readonly profile_picture_url: string;
}

/** The names that the Pages speak under. */
export interface PersonaCalls extends Resource {
  nameOf(pageId: string, id: string): string | undefined;
}

const creating = z.strictObject({ name: text(50), profile_picture_url: httpUrl });
const USUAL = ['name', 'profile_picture_url'];

/** Personas. @see https://developers.facebook.com/docs/messenger-platform/send-messages/personas */
export function createPersonaCalls(random: Random): PersonaCalls {
  const personas = new Map<string, Persona>();
  return {
    nameOf(pageId, id) {
      const persona = personas.get(id);
      return persona?.pageId === pageId ? persona.name : undefined;
    },
    kindOf: (id, pageId) => (personas.get(id)?.pageId === pageId ? 'persona' : undefined),
    calls: {
      'POST page/personas': ({ pageId, parameters }) => {
        const id = objectId(random);
        personas.set(id, { id, pageId, ...parseParameters(creating, parameters) });
        return { id };
      },
      'GET page/personas': (asked) => {
        const theirs = [...personas.values()].filter(({ pageId }) => pageId === asked.pageId);
        return listOf(theirs.map(shown), asked, USUAL);
      },
      'GET persona': ({ id, parameters }) => {
        const persona = personas.get(id);
        return persona === undefined ? {} : chosen(shown(persona), parameters, USUAL);
      },
      'DELETE persona': ({ id }) => {
        personas.delete(id);
        return SUCCESS;
      },
    },
  };
}

function shown({ id, name, profile_picture_url }: Persona): Record<string, string> {
  return { id, name, profile_picture_url };
}
