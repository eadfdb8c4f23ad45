import type { Fields } from './bodies.ts';
import { badParameter } from './errors.ts';
import type { Asked } from './resource.ts';

/** A page of a list, as Graph answers it. */
export interface GraphList {
  readonly data: readonly unknown[];
  readonly paging?: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
  };
}

const USUAL_LIMIT = 25;
const MOST = 100;

/**
 * A page of the items, by `limit` and `after`. `next` is there while there is more.
 *
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function listOf(
  items: readonly Fields[],
  { address, parameters }: Pick<Asked, 'address' | 'parameters'>,
  usualFields?: readonly string[],
): GraphList {
  const limit = Math.min(MOST, Number(parameters['limit'] ?? USUAL_LIMIT));
  if (!(Number.isInteger(limit) && limit >= 1)) throw badParameter('Param limit must be 1 or more');
  const { after } = parameters;
  const start = after === undefined ? 0 : placeOf(after);
  const page = items.slice(start, start + limit);
  const data = page.map((item) => chosen(item, parameters, usualFields));
  if (page.length === 0) return { data };
  const cursors = { before: cursorOf(start), after: cursorOf(start + page.length) };
  if (start + page.length >= items.length) return { data, paging: { cursors } };
  return {
    data,
    paging: { cursors, next: addressOf(address, { ...parameters, ...cursors, limit }) },
  };
}

/** The fields that were asked for, else the usual ones; always the id. */
export function chosen(item: Fields, parameters: Fields, usual?: readonly string[]): Fields {
  const { fields } = parameters;
  const names = typeof fields === 'string' ? topLevel(fields) : usual;
  if (names === undefined) return item;
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => name === 'id' || names.includes(name)),
  );
}

/** `id,from{name},message` names three. */
function topLevel(fields: string): readonly string[] {
  return fields.replaceAll(/\{[^{}]*\}/g, '').split(',');
}

/** Without the token, though Meta writes it into it: it would be kept with the answer. */
function addressOf(address: string, parameters: Fields): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  query.delete('before');
  return `${address}?${query.toString()}`;
}

function cursorOf(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

function placeOf(cursor: unknown): number {
  const text = Buffer.from(String(cursor), 'base64url').toString();
  const [, place] = /^place:(\d+)$/.exec(text) ?? [];
  if (place === undefined) throw badParameter('Invalid cursors values', 1357045);
  return Number(place);
}
