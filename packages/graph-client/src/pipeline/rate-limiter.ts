import type { Clock } from '../clock.ts';
import { RequestError } from '../errors.ts';
import type { OutgoingCall, RateClass } from './middleware.ts';
import { createSlidingWindow } from './sliding-window.ts';
import type { SlidingWindow } from './sliding-window.ts';

/**
 * How many calls a Page may make; `Infinity` lifts a limit. The defaults are Meta's. A process
 * knows only its own calls: divide by the number of processes that speak for the same Page.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 */
export interface RateLimits {
  /** Texts, templates, reactions, stickers, pictures and sender actions. Default 300. */
  readonly sendsPerSecond?: number | undefined;
  /** Audio and video. Default 10. */
  readonly mediaPerSecond?: number | undefined;
  /** Default 750. */
  readonly privateRepliesPerHour?: number | undefined;
  /** Default 2. */
  readonly conversationsPerSecond?: number | undefined;
  /** Messenger profile. Default 10. */
  readonly profilePerTenMinutes?: number | undefined;
}

const defaults = {
  sendsPerSecond: 300,
  mediaPerSecond: 10,
  privateRepliesPerHour: 750,
  conversationsPerSecond: 2,
  profilePerTenMinutes: 10,
} as const satisfies Required<RateLimits>;

const SECOND_MS = 1_000;

/** Knows when the next call of a Page may go. */
export interface RateLimiter {
  /**
   * Books the next free place and answers how many milliseconds to wait for it. Books nothing
   * when that is later than `latest`, a time of the clock.
   */
  book(
    call: Pick<OutgoingCall, 'rateClass' | 'weight'>,
    latest: number,
  ): { kind: 'booked' | 'too-late'; waitMs: number };
  /** How long Graph wants no call at all, in milliseconds. */
  parkedMs(): number;
  /** Spreads calls out as the allowance fills up: from 75 percent on, up to ten times slower. */
  slowDown(percent: number): void;
  /** Holds every call back for so long. */
  park(ms: number): void;
}

/** A limiter of one Page. */
export function createRateLimiter(options: {
  readonly clock: Clock;
  readonly limits?: RateLimits | undefined;
}): RateLimiter {
  const { clock } = options;
  const windowOf = (name: keyof RateLimits, periodMs: number): SlidingWindow | undefined => {
    const limit = options.limits?.[name] ?? defaults[name];
    if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 1)) {
      const rule = 'must be a whole number from 1, or Infinity';
      throw new RequestError(`options.pipeline.rateLimit.${name}`, `${rule}, and is ${limit}.`);
    }
    return createSlidingWindow(limit, periodMs);
  };
  const windows: Readonly<Record<RateClass, SlidingWindow | undefined>> = {
    send: windowOf('sendsPerSecond', SECOND_MS),
    'send-media': windowOf('mediaPerSecond', SECOND_MS),
    'private-reply': windowOf('privateRepliesPerHour', 3_600 * SECOND_MS),
    conversations: windowOf('conversationsPerSecond', SECOND_MS),
    profile: windowOf('profilePerTenMinutes', 600 * SECOND_MS),
    other: undefined,
  };
  let slowness = 1;
  let parkedUntil = 0;

  return {
    book({ rateClass, weight }, latest) {
      const now = clock.now();
      const window = windows[rateClass];
      const at = Math.max(now, parkedUntil, window?.next(slowness, weight) ?? 0);
      if (at >= latest) {
        return { kind: 'too-late', waitMs: at - now };
      }
      window?.take(at, weight);
      return { kind: 'booked', waitMs: at - now };
    },
    parkedMs: () => Math.max(0, parkedUntil - clock.now()),
    slowDown: (percent) => {
      slowness = 1 + (Math.min(Math.max(percent - 75, 0), 25) / 25) * 9;
    },
    park: (ms) => {
      parkedUntil = Math.max(parkedUntil, clock.now() + ms);
    },
  };
}
