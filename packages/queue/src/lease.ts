import type { Clock } from './clock.ts';
import { LeaseLostError } from './errors.ts';

/**
 * This process' view of a lease: a deadline on its own monotonic clock, always earlier than the
 * one in Redis, because it is counted from before the request that granted it.
 */
export class Lease {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #lane: string;
  readonly #lengthMs: number;
  readonly #ending = new AbortController();
  #isLost = false;
  #deadline: number;

  constructor(clock: Pick<Clock, 'monotonic'>, lane: string, lengthMs: number, askedAt: number) {
    this.#clock = clock;
    this.#lane = lane;
    this.#lengthMs = lengthMs;
    this.#deadline = askedAt + lengthMs;
  }

  /** Aborts when the lease is known to be lost, or its turn is to stop. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Redis lengthened the lease on a request sent at `askedAt`. */
  renewed(askedAt: number): void {
    this.#deadline = askedAt + this.#lengthMs;
  }

  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.stop(new LeaseLostError(this.#lane));
  }

  /** Stops the turn, which keeps the lease. */
  stop(reason: unknown): void {
    this.#ending.abort(reason);
  }

  /** Loses the lease when its time is over. */
  expire(): void {
    if (this.#clock.monotonic() >= this.#deadline) this.lose();
  }

  /** @throws {LeaseLostError} before anything that must only be done under a live lease. */
  assertHeld(): void {
    this.expire();
    if (this.#isLost) throw new LeaseLostError(this.#lane);
  }
}
