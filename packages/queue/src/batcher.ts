import { systemClock, type Clock } from './clock.ts';

/** How long a request waits for others' calls. */
const PATIENCE_MS = 50;

interface Limits {
  /** Requests in one call. */
  readonly most: number;
  /** Calls under way beyond which requests gather. */
  readonly inFlight: number;
  readonly clock?: Clock;
}

/**
 * Lets what happens in the same tick share a round trip. While fewer than `inFlight` calls are
 * under way a request goes out at the end of its tick; beyond that requests gather, so that
 * nothing waits at rest and batches grow by themselves under load. Calls that get no answer hold up
 * others no longer than 50 ms: who waits for a refusal does not wait for two.
 */
export class Batcher<Request, Result> {
  readonly #call: (requests: readonly Request[]) => Promise<readonly Result[]>;
  readonly #most: number;
  readonly #inFlight: number;
  #gathered: Pending<Request, Result>[] = [];
  #running = 0;
  #scheduled = false;
  readonly #clock: Clock;
  #patience: AbortController | undefined;

  constructor(call: (requests: readonly Request[]) => Promise<readonly Result[]>, limits: Limits) {
    this.#call = call;
    this.#most = limits.most;
    this.#inFlight = limits.inFlight;
    this.#clock = limits.clock ?? systemClock;
  }

  add(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  /** Several requests; answers their results in the same order once there are all of them. */
  addAll(requests: readonly Request[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      const results: Result[] = [];
      let missing = requests.length;
      if (missing === 0) resolve(results);
      for (const [index, request] of requests.entries()) {
        const settle = (result: Result): void => {
          results[index] = result;
          missing -= 1;
          if (missing === 0) resolve(results);
        };
        this.#gathered.push({ request, resolve: settle, reject });
      }
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#gathered.length === 0) return;
    if (this.#running >= this.#inFlight) {
      if (!this.#patience) void this.#losePatience();
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  async #losePatience(): Promise<void> {
    const patience = new AbortController();
    this.#patience = patience;
    await this.#clock.wait(PATIENCE_MS, patience.signal);
    if (this.#patience === patience) await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#patience?.abort();
    this.#patience = undefined;
    const batch = this.#gathered.splice(0, this.#most);
    if (batch.length === 0) return;
    this.#running += 1;
    this.#schedule();
    try {
      const results = await this.#call(batch.map((pending) => pending.request));
      for (const [index, pending] of batch.entries()) pending.resolve(results[index] as Result);
    } catch (error) {
      for (const pending of batch) pending.reject(error);
    } finally {
      this.#running -= 1;
      this.#schedule();
    }
  }
}

interface Pending<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}
