import type { Clock } from './clock.ts';

/** Shows the dots when an answer takes long. */
export interface Typing {
  /** Something is said: no dots from now on. */
  stop(): void;
  /** The turn is over; dots that are on their way are given up. */
  end(): void;
}

/** Made once: an abort without a reason makes an error with a stack, which costs more than a turn. */
const OVER = new Error('The turn is over.');

/**
 * Shows them once after `afterMs`, never for `Infinity`, unless stopped or ended before. They are no
 * promise: what goes wrong with them is nobody's trouble.
 */
export function startTyping(options: {
  readonly afterMs: number;
  readonly clock: Clock;
  readonly show: (signal: AbortSignal) => Promise<void>;
}): Typing {
  const { afterMs, clock, show } = options;
  // A sender of somebody else's may throw at once.
  const tryToShow = async (signal: AbortSignal): Promise<void> => show(signal);
  let showing: AbortController | undefined;
  const stop =
    afterMs === Infinity
      ? () => {}
      : clock.after(afterMs, () => {
          showing = new AbortController();
          tryToShow(showing.signal).catch(() => {});
        });
  return {
    stop,
    end() {
      stop();
      showing?.abort(OVER);
    },
  };
}
