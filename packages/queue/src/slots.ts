import { ClosedError } from './errors.ts';

/** A fixed number of places for turns; who finds too few free waits, first come first served. */
export class Slots {
  readonly #waiting: Waiting[] = [];
  #free: number;
  #closed = false;

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * @param places How many are needed at once. Nobody overtakes one who waits for many.
   * @throws {ClosedError} once the slots were closed.
   */
  acquire(places = 1): Promise<void> {
    if (this.#closed) return Promise.reject(new ClosedError('The worker is closing.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ places, resolve, reject });
      this.#admit();
    });
  }

  release(places = 1): void {
    this.#free += places;
    this.#admit();
  }

  /** Sends away all who wait; places already given stay valid. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new ClosedError('The worker is closing.'));
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && next.places <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.places;
      next.resolve();
    }
  }
}

interface Waiting {
  readonly places: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}
