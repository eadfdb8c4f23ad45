import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { startTimeOf } from './process-identity.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function start(): Promise<PostgresServer> {
  const postgres = await startPostgres({ settings: ['fsync=off'] });
  open.push(() => postgres.close());
  return postgres;
}

/** What a server answers to whoever does not say who they are: `E` for an error. */
function greet(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) });
  socket.on('connect', () => {
    const hello = Buffer.alloc(9);
    hello.writeInt32BE(9);
    hello.writeInt32BE(196_608, 4);
    socket.write(hello);
  });
  socket.on('data', (data) => resolve(data.toString('latin1', 0, 1)));
  socket.on('error', reject);
  return promise.finally(() => socket.destroy());
}

describe('a private PostgreSQL', () => {
  it('has the same address after it was killed and started again', async () => {
    const postgres = await start();
    const { url, pid } = postgres;
    expect(await greet(url)).toBe('E');
    await postgres.kill('SIGQUIT');
    await expect(greet(url)).rejects.toThrow('ECONNREFUSED');
    await postgres.restart();
    expect(postgres.url).toBe(url);
    expect(postgres.pid).not.toBe(pid);
    expect(await greet(url)).toBe('E');
  });

  it('leaves no process behind, however often it is closed', async () => {
    const postgres = await start();
    await postgres.close();
    await postgres.close();
    expect(await startTimeOf(postgres.pid)).toBeUndefined();
  });
});
