import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { httpUrl, id, text } from '../limits.ts';
import { answeredId, maybe, read, readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { paged } from './paging.ts';

/** A name and a picture to speak under: `personaId` of a message. */
export interface Persona {
  readonly id: string;
  readonly name?: string | undefined;
  /** An address that expires. */
  readonly profilePictureUrl?: string | undefined;
}

/** Personas. @see https://developers.facebook.com/docs/messenger-platform/send-messages/personas */
export interface Personas {
  /**
   * Makes one. The name has at most 50 characters, the picture at most 8 MB.
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  create(
    persona: { readonly name: string; readonly profilePictureUrl: string },
    options?: CallOptions,
  ): Promise<{ readonly id: string }>;
  /** All of the Page's, fetched as they are asked for. */
  list(options?: CallOptions): AsyncIterable<Persona>;
  /** One of them. */
  get(personaId: string, options?: CallOptions): Promise<Persona>;
  /** Old messages keep its name and picture. */
  delete(personaId: string, options?: CallOptions): Promise<void>;
}

const persona: z.ZodType<Persona> = z.object({
  id: answeredId,
  name: maybe(z.string()),
  profilePictureUrl: maybe(z.string()),
});

const created = z.object({ id: answeredId });
const name = text(50);
const query = { fields: 'id,name,profile_picture_url' };

export function createPersonas(makeCall: MakeCall, pageId: string): Personas {
  const path = `${pageId}/personas`;
  return {
    create: async (given, { signal } = {}) => {
      const body = {
        name: check('persona.name', name, given.name),
        profile_picture_url: check('persona.profilePictureUrl', httpUrl, given.profilePictureUrl),
      };
      const answer = await makeCall({ method: 'POST', path, body, signal });
      return read(created, answer, `POST ${path}`);
    },
    list: ({ signal } = {}) => paged(makeCall, { method: 'GET', path, query, signal }, persona),
    get: async (personaId, { signal } = {}) => {
      const one = check('persona.id', id, personaId);
      const answer = await makeCall({ method: 'GET', path: one, query, signal });
      return readRenamed(persona, answer, `GET ${one}`);
    },
    delete: async (personaId, { signal } = {}) => {
      const one = check('persona.id', id, personaId);
      await makeCall({ method: 'DELETE', path: one, signal });
    },
  };
}
