import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A call that somebody waits for. */
export interface Callback {
  readonly phone: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Where callbacks are noted for those who call. */
export interface CallbackBook {
  /** @param callback Its id is the same whenever it is noted again. */
  note(callback: Callback & { readonly id: string }): Promise<void>;
}

/** A file with a line of JSON a callback, where a real shop has a system of its own. */
export function createCallbackBook(file: string): CallbackBook {
  return {
    async note({ id, phone, at }) {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${JSON.stringify({ id, phone, at: new Date(at) })}\n`);
    },
  };
}
