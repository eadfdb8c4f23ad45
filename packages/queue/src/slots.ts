import { ClosedError } from './errors.ts';

/** A fixed number of places for turns; who finds none waits, first come first served. */
export class Slots {
  readonly #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #free: number;
  #closed = false;

  constructor(count: number) {
    this.#free = count;
  }

  /** @throws {ClosedError} once the slots were closed. */
  acquire(): Promise<void> {
    if (this.#closed) return Promise.reject(new ClosedError('The worker is closing.'));
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next.resolve();
    else this.#free += 1;
  }

  /** Sends away all who wait; places already given stay valid. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new ClosedError('The worker is closing.'));
    }
  }
}
