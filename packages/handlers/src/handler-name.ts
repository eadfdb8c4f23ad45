const names = new WeakMap<object, string>();

/** Notes which handler has a turn now, for errors to name. */
export function enter(turn: object, handler: string): void {
  names.set(turn, handler);
}

/** The handler that had the turn last. */
export function handlerOf(turn: object): string {
  return names.get(turn) ?? 'a middleware';
}
