import { GraphApiError } from '../errors.ts';
import type { Middleware } from './middleware.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Usage } from './usage.ts';

/** Tells the limiter what Graph says about the use of its allowance, in answers and in errors. */
export function usageFeed(limiter: RateLimiter): Middleware {
  const learn = (usage: Usage | undefined): void => {
    if (usage !== undefined) {
      limiter.slowDown(usage.percent);
      limiter.park(usage.regainAccessMs);
    }
  };
  return async (_call, next) => {
    try {
      const answer = await next();
      learn(answer.usage);
      return answer;
    } catch (error) {
      if (error instanceof GraphApiError) {
        learn(error.usage);
        if (error.kind === 'throttled' && error.scope !== 'recipient') {
          limiter.park(error.retryAfterMs ?? 0);
        }
      }
      throw error;
    }
  };
}
