import type { IncomingMessage, ServerResponse } from 'node:http';

/** From here on a body counts. Most deliveries are far smaller, and never wait for a large one. */
const LARGE = 64 * 1024;

export interface LargeBodiesOptions {
  /** The largest body that is read at all. */
  readonly bodyLimit: number;
  /** How many bytes large bodies may hold together. */
  readonly most: number;
}

/** Keeps the bodies that arrive at one time from filling the memory. */
export interface LargeBodies {
  /** Whether there is room for a request's body; what it may hold is kept until it is answered. */
  admit(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * Anybody can send 4 MiB but for the last byte on each connection: only the whole body shows
 * whether it is signed. So a body above 64 KiB is counted from its header on, by what it claims.
 */
export function createLargeBodies({ bodyLimit, most }: LargeBodiesOptions): LargeBodies {
  let held = 0;
  return {
    admit({ headers }, response) {
      // In chunks it may become anything.
      const isChunked = headers['transfer-encoding'] !== undefined;
      const claimed = isChunked ? bodyLimit : Number(headers['content-length'] ?? 0);
      const bytes = Math.min(claimed, bodyLimit);
      if (bytes <= LARGE) return true;
      if (held + bytes > most) return false;
      held += bytes;
      response.once('close', () => void (held -= bytes));
      return true;
    },
  };
}
