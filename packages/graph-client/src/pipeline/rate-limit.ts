import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { ParkedError } from '../errors.ts';
import type { Middleware, OutgoingCall } from './middleware.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { abortedError } from '../transport-failure.ts';

/**
 * Lets each call wait for its place, in the order they came. A call that would get its place only
 * after its deadline is refused at once.
 */
export function rateLimit(limiter: RateLimiter, clock: Clock): Middleware {
  return async (call, next) => {
    const place = limiter.book(call, call.deadline);
    if (place.kind === 'too-late') {
      throw tooLate(call, place.waitMs);
    }
    let { waitMs } = place;
    while (waitMs > 0) {
      await pauseOf(call, clock, waitMs);
      // Graph may have asked for silence meanwhile.
      waitMs = limiter.parkedMs();
      if (clock.now() + waitMs >= call.deadline) {
        throw tooLate(call, waitMs);
      }
    }
    return next();
  };
}

function tooLate({ name }: OutgoingCall, waitMs: number): ParkedError {
  return new ParkedError(
    `${name} has no place in the Page's rate limit before its deadline. ` +
      `Nothing was sent: send it again in ${Math.ceil(waitMs)} ms.`,
    { kind: 'throttled', scope: 'page', retryAfterMs: waitMs },
  );
}

async function pauseOf({ name, signal }: OutgoingCall, clock: Clock, ms: number): Promise<void> {
  try {
    await pause(clock, ms, signal);
  } catch {
    throw abortedError(name, signal.reason, { written: false });
  }
}
