/**
 * Lets what happens in the same tick share a round trip. While fewer than `inFlight` calls are
 * under way a request goes out at the end of its tick; beyond that requests gather, so that
 * nothing waits at rest and batches grow by themselves under load.
 */
export class Batcher<Request, Result> {
  readonly #call: (requests: readonly Request[]) => Promise<readonly Result[]>;
  readonly #most: number;
  readonly #inFlight: number;
  #gathered: Pending<Request, Result>[] = [];
  #running = 0;
  #scheduled = false;

  constructor(
    call: (requests: readonly Request[]) => Promise<readonly Result[]>,
    limits: { most: number; inFlight: number },
  ) {
    this.#call = call;
    this.#most = limits.most;
    this.#inFlight = limits.inFlight;
  }

  add(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#inFlight || this.#gathered.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#gathered.splice(0, this.#most);
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
