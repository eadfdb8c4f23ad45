import { Duplex } from 'node:stream';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';

/** PostgreSQL inside of this process, in a thread of its own: it blocks no turn. */
export interface Pglite {
  /** What a client of `pg` takes for a socket. One client at a time. */
  connect(): Duplex;
  /** Lets go of the folder. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens a folder, which no other process may have open. The thread starts with the first client: that
 * takes 2 to 3 s.
 */
export function openPglite(folder: string): Pglite {
  let thread: Worker | undefined;
  let closed: Promise<void> | undefined;

  function start(): Worker {
    // Beside this file, in the sources and when built.
    const file = import.meta.url.endsWith('.ts') ? './pglite-thread.ts' : './pglite-thread.js';
    const started = new Worker(new URL(file, import.meta.url), { workerData: folder });
    const gone = (): void => {
      if (thread === started) thread = undefined;
    };
    started.once('error', gone);
    started.once('exit', gone);
    return started;
  }

  async function end(): Promise<void> {
    const last = thread;
    if (last === undefined) return;
    const { promise: exited, resolve } = Promise.withResolvers<unknown>();
    last.once('exit', resolve);
    last.postMessage('close', []);
    await exited;
  }

  return {
    connect: () => new ThreadSocket((thread ??= start())),
    close: () => (closed ??= end()),
  };
}

/** What `pg` uses of a socket, over a port of the thread. */
class ThreadSocket extends Duplex {
  readonly #thread: Worker;
  #port: MessagePort | undefined;

  constructor(thread: Worker) {
    super();
    this.#thread = thread;
    thread.once('error', this.#fail);
    thread.once('exit', this.#leave);
  }

  connect(): this {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (said: Uint8Array | 'ready') => {
      if (said === 'ready') this.emit('connect');
      else this.push(said);
    });
    this.#thread.postMessage(port2, [port2]);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port?.ref();
    return this;
  }

  unref(): this {
    this.#port?.unref();
    return this;
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#port?.postMessage(new Uint8Array(bytes));
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#thread.off('error', this.#fail);
    this.#thread.off('exit', this.#leave);
    this.#port?.close();
    done(error);
  }

  readonly #fail = (error: Error): void => void this.destroy(error);
  readonly #leave = (): void => void this.destroy(new Error('The thread of PGlite has ended.'));
}
