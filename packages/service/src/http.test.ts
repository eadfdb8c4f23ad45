import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpOptions } from './http.ts';

const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function setUp(options: Partial<HttpOptions> = {}): { app: FastifyInstance; logged: () => string } {
  let logged = '';
  const log = pino({}, { write: (line: string) => void (logged += line) });
  const app = createHttp({ log, ...options });
  app.get('/fail/:id', async () => {
    throw new Error('cannot do it');
  });
  open.push(() => app.close());
  return { app, logged: () => logged };
}

async function listening(app: FastifyInstance): Promise<() => Socket> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    open.push(() => socket.destroy());
    return socket;
  };
}

describe('an answer to who asks wrongly', () => {
  it.each([
    ['/nowhere/secret', 404],
    ['/%c0/secret', 400],
    ['/fail/secret', 500],
  ])('for %s is empty', async (url, status) => {
    const { app, logged } = setUp();
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.body]).toEqual([status, '']);
    expect(logged()).not.toContain('secret');
  });

  it('that fails by our fault stands in the log, as the route', async () => {
    const { app, logged } = setUp();
    await app.inject('/fail/1');
    expect(JSON.parse(logged())).toMatchObject({
      msg: 'request failed',
      url: '/fail/:id',
      err: { message: 'cannot do it' },
    });
  });
});

describe('a connection', () => {
  it('is closed at once when there are too many', async () => {
    const { app } = setUp({ maxConnections: 2 });
    const dial = await listening(app);
    const first = [dial(), dial()];
    await Promise.all(first.map((socket) => once(socket, 'connect')));
    await expect.poll(() => connectionsOf(app)).toBe(2);
    const third = dial();
    await once(third, 'close');
    expect(first.map(({ closed }) => closed)).toEqual([false, false]);
  });

  it('has so long for its request', async () => {
    const { app } = setUp({ requestTimeoutMs: 50 });
    const socket = (await listening(app))();
    socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  });
});

const connectionsOf = (app: FastifyInstance): Promise<number> =>
  new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
