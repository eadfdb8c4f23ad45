/** Resolves once `count` things have happened. */
export function createCountdown(count: number): {
  readonly one: () => void;
  readonly done: Promise<void>;
} {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  return {
    one() {
      left -= 1;
      if (left === 0) resolve();
    },
    done: promise,
  };
}
