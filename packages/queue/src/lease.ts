import type { Clock } from './clock.ts';
import { LeaseLostError } from './errors.ts';

/**
 * This process' view of a lease: a deadline on its own monotonic clock, always earlier than the
 * one in Redis, because it is counted from before the request that granted it.
 */
export class Lease {
  readonly #clock: Clock;
  readonly #lane: string;
  readonly #lengthMs: number;
  readonly #lost = new AbortController();
  #deadline: number;

  constructor(clock: Clock, lane: string, lengthMs: number, askedAt: number) {
    this.#clock = clock;
    this.#lane = lane;
    this.#lengthMs = lengthMs;
    this.#deadline = askedAt + lengthMs;
  }

  /** Aborts when the lease is known to be lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Redis lengthened the lease on a request sent at `askedAt`. */
  renewed(askedAt: number): void {
    this.#deadline = askedAt + this.#lengthMs;
  }

  lose(): void {
    this.#lost.abort(new LeaseLostError(this.#lane));
  }

  /** Loses the lease when its time is over. */
  expire(): void {
    if (this.#clock.monotonic() >= this.#deadline) this.lose();
  }

  /** @throws {LeaseLostError} before anything that must only be done under a live lease. */
  assertHeld(): void {
    this.expire();
    if (this.#lost.signal.aborted) throw this.#lost.signal.reason;
  }
}
