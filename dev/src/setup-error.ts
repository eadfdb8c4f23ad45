/**
 * This machine or its settings stand in the way, not the code: the message alone is for the
 * person at the keyboard and says in one line what is wrong and what to do. No stack is shown.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** What to show of an error: one line when it is about the machine, the stack when it is a bug. */
export function describeError(error: unknown): string {
  if (error instanceof SetupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
