import type { Next } from './middleware.ts';

const names = new WeakMap<object, string>();

/** Of what was added by `use`, and so has no filter to be called by. */
export const MIDDLEWARE = 'a middleware';

/**
 * Runs a part of a turn under its name, for errors to say. It has that name again when `next` comes
 * back, and what it leaves behind when it ends well is the name of the last that took the event.
 */
export async function runNamed(
  turn: object,
  name: string,
  part: (next: Next) => Promise<unknown> | void,
  next: Next,
): Promise<void> {
  let last = name;
  names.set(turn, name);
  await part(async () => {
    await next();
    last = handlerOf(turn);
    names.set(turn, name);
  });
  names.set(turn, last);
}

/** What has the turn now or failed in it; once all ended well, what took the event. */
export function handlerOf(turn: object): string {
  return names.get(turn) ?? MIDDLEWARE;
}
