import { NextTwiceError } from './errors.ts';

/** Runs what comes after this middleware; may be called once. */
export type Next = () => Promise<void>;

/**
 * Takes part in a turn: does something, calls `next` to let the others go on, or does not and the
 * turn ends here. What it answers is not looked at, but waited for.
 */
export type Middleware<Context> = (context: Context, next: Next) => Promise<unknown> | void;

/** Several middlewares as one, run in the order given. Throws {@link NextTwiceError}. */
export function compose<Context>(
  ...middlewares: readonly Middleware<Context>[]
): Middleware<Context> {
  return (context, next) => {
    let reached = -1;
    const run = async (index: number): Promise<void> => {
      if (index <= reached) throw new NextTwiceError();
      reached = index;
      const middleware = middlewares[index];
      await (middleware ? middleware(context, () => run(index + 1)) : next());
    };
    return run(0);
  };
}

/** Runs `inner` for contexts that the guard lets through, and passes over it for all others. */
export function when<Context, Narrow extends Context>(
  guard: (context: Context) => context is Narrow,
  inner: Middleware<Narrow>,
): Middleware<Context> {
  return (context, next) => (guard(context) ? inner(context, next) : next());
}
