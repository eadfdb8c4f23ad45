import type { Fields } from './bodies.ts';
import { badParameter, GraphRefusal } from './errors.ts';

/** One call, with everything around it checked. */
export interface Asked {
  /** The Page whose token it has; empty for the app's token. */
  readonly pageId: string;
  /** The object's id, as it is known here: `me` is the Page's. */
  readonly id: string;
  /** Where it was asked, without parameters; a list's next page is there as well. */
  readonly address: string;
  /** Of the query and the body, without credentials. */
  readonly parameters: Fields;
}

/** Does a call; answers what Graph answers, or throws a GraphRefusal. */
export type Work = (asked: Asked) => unknown;

/** A kind of object and what can be asked of it. */
export interface Resource {
  /** By method, kind of object and edge: `POST page/messages`, `GET persona`, `GET root/sticker_packs`. */
  readonly calls: Readonly<Record<string, Work>>;
  /** Which kind of this resource's objects has the id; undefined for none. */
  readonly kindOf?: (id: string, pageId: string) => string | undefined;
}

/** An id that nothing has, or something of another Page. */
export function unknownObject(method: string, id: string): GraphRefusal {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  return new GraphRefusal('GraphMethodException', 100, message, 33);
}

export function unknownPerson(): GraphRefusal {
  return badParameter('No matching user found', 2018001);
}

export const SUCCESS = { success: true } as const;
