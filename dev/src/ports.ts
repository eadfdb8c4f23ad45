import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which operating systems take the near end of outgoing connections (32768
 * on Linux, 49152 elsewhere): while a server restarts, no connection can sit down on its port.
 */
const FREE_FROM = 20_000;
const FREE_TO = 32_000;
const ATTEMPTS = 50;

/** By this process: what it was given and does not listen on yet looks free, too. */
const given = new Set<number>();

/** Why nobody can listen there now: `EADDRINUSE`, `EACCES` and so on; undefined when free. */
export function portTrouble(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer();
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  return promise;
}

/**
 * A port of 127.0.0.1 that nobody listens on now, never the same one twice in a process. Somebody else
 * may still take it first.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const port = randomInt(FREE_FROM, FREE_TO);
    if (given.has(port)) continue;
    given.add(port);
    if ((await portTrouble(port)) === undefined) return port;
  }
  throw new Error(`None of ${ATTEMPTS} ports from ${FREE_FROM} to ${FREE_TO} is free`);
}
