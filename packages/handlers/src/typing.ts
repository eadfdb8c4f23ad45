import type { Clock } from './clock.ts';

/** Shows the dots when an answer takes long. */
export interface Typing {
  /** Something is said: no dots from now on. */
  stop(): void;
}

/**
 * Shows them once after `afterMs`, never for `Infinity`, unless stopped or ended before. They are no
 * promise: what goes wrong with them is nobody's trouble.
 */
export function startTyping(options: {
  readonly afterMs: number;
  readonly clock: Clock;
  /** Aborts when the turn has ended. */
  readonly ended: AbortSignal;
  readonly show: (signal: AbortSignal) => Promise<void>;
}): Typing {
  const { afterMs, clock, ended, show } = options;
  let isStopped = afterMs === Infinity;
  const wait = async (): Promise<void> => {
    if (isStopped) return;
    await clock.wait(afterMs, ended);
    if (!isStopped && !ended.aborted) await show(ended);
  };
  wait().catch(() => {});
  return { stop: () => void (isStopped = true) };
}
