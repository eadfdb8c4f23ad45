import { breaker } from './breaker.ts';
import type { BreakerOptions } from './breaker.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Middleware } from './middleware.ts';
import { rateLimit } from './rate-limit.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { RateLimits } from './rate-limiter.ts';
import { retry } from './retry.ts';
import type { RetryOptions } from './retry.ts';
import { usageFeed } from './usage-feed.ts';

/** The parts of the default pipeline: settings of its own for each, or `false` to leave it out. */
export interface PipelineOptions {
  readonly retry?: RetryOptions | false | undefined;
  readonly rateLimit?: RateLimits | false | undefined;
  readonly breaker?: BreakerOptions | false | undefined;
}

/** Where the default pipeline takes time and chance from. */
export interface PipelineSources {
  /** Default: the process's clock. */
  readonly clock?: Clock | undefined;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * What stands between a call and the network by default, outermost first. Each attempt of a retry
 * takes its own place in the rate limit; a call waits for its place before it asks the breaker,
 * which may have opened meanwhile.
 */
export function defaultPipeline(options: PipelineOptions & PipelineSources = {}): Middleware[] {
  const { clock = systemClock, random = Math.random } = options;
  const part = <Settings>(
    settings: Settings | false | undefined,
    make: (settings: Settings | undefined) => Middleware[],
  ): Middleware[] => (settings === false ? [] : make(settings));

  return [
    ...part(options.retry, (settings) => [retry({ ...settings, clock, random })]),
    ...part(options.rateLimit, (limits) => {
      const limiter = createRateLimiter({ clock, limits });
      return [rateLimit(limiter, clock), usageFeed(limiter)];
    }),
    ...part(options.breaker, (settings) => [breaker({ ...settings, clock })]),
  ];
}
