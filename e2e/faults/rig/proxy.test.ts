import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { poll } from '@bot/dev';
import { expect, it, onTestFinished } from 'vitest';
import { startProxy, type Proxy } from './proxy.ts';

interface Setting {
  readonly proxy: Proxy;
  /** A connection through the proxy. */
  readonly connect: () => Promise<Socket>;
  /** The next connection as the server behind the proxy has it. */
  readonly accepted: () => Promise<Socket>;
}

/** A server that does as `serve` says, behind a proxy. */
async function setUp(serve: (socket: Socket) => void): Promise<Setting> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startProxy(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await proxy.close();
    await proxy.close();
    server.close();
  });
  return {
    proxy,
    connect: async () => {
      const { hostname: host, port } = new URL(proxy.url);
      const socket = createConnection({ host, port: Number(port) });
      socket.on('error', () => {});
      await once(socket, 'connect');
      return socket;
    },
    accepted: async () => ((await once(server, 'connection')) as [Socket])[0],
  };
}

const echo = (socket: Socket): void => void socket.pipe(socket);

/** All that arrives until now; grows. */
function heardBy(socket: Socket): { text: string } {
  const heard = { text: '' };
  socket.on('data', (bytes: Buffer) => (heard.text += bytes.toString()));
  return heard;
}

async function answerTo(socket: Socket, question: string): Promise<string> {
  socket.write(question);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

it('passes bytes on in both directions, to the end', async () => {
  const { connect } = await setUp(echo);
  const socket = await connect();
  const long = 'x'.repeat(1_000_000);
  socket.end(long);
  expect(await text(socket)).toBe(long);
});

it('takes no more than the other side does', async () => {
  const { connect, accepted } = await setUp((socket) => socket.pause());
  const [server, socket] = await Promise.all([accepted(), connect()]);
  const most = 200_000_000;
  socket.end(Buffer.alloc(most));
  // The kernel's buffers are full once nothing moves between two looks.
  let before = 0;
  const stands = async (): Promise<boolean> => before === (before = socket.writableLength);
  expect(await poll(stands, { timeoutMs: 10_000, everyMs: 50 })).toBe(true);
  expect(before).toBeGreaterThan(most / 2);
  let arrived = 0;
  server.on('data', (bytes: Buffer) => (arrived += bytes.length)).resume();
  await once(server, 'end');
  expect(arrived).toBe(most);
});

it('cuts all connections, and takes new ones', async () => {
  const { proxy, connect } = await setUp(echo);
  const sockets = await Promise.all([connect(), connect()]);
  for (const socket of sockets) expect(await answerTo(socket, 'a')).toBe('a');
  const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
  await proxy.cut();
  await closed;
  expect(await answerTo(await connect(), 'b')).toBe('b');
});

it('loses the answers before a cut, though the questions arrive', async () => {
  const { proxy, connect, accepted } = await setUp(echo);
  const [server, socket] = await Promise.all([accepted(), connect()]);
  const asked = heardBy(server);
  const answers = heardBy(socket);
  expect(await answerTo(socket, 'a')).toBe('a');
  const cut = proxy.cut(20);
  socket.write('b');
  await Promise.all([cut, once(socket, 'close')]);
  expect([asked.text, answers.text]).toEqual(['ab', 'a']);
});

it('delays bytes in each direction, and keeps their order', async () => {
  const { proxy, connect } = await setUp(echo);
  const socket = await connect();
  const heard = heardBy(socket);
  proxy.latency(50, 40);
  const begun = performance.now();
  for (const digit of '0123456789') {
    socket.write(digit);
    await new Promise(setImmediate);
  }
  while (heard.text.length < 10) await once(socket, 'data');
  expect(heard.text).toBe('0123456789');
  expect(performance.now() - begun).toBeGreaterThan(2 * (50 - 40));
  proxy.latency(0);
  socket.end('x');
  await once(socket, 'end');
  expect(heard.text).toBe('0123456789x');
});

it('swallows everything in silence, and for ever on the connections of that time', async () => {
  const { proxy, connect } = await setUp(echo);
  const old = await connect();
  expect(await answerTo(old, 'a')).toBe('a');
  proxy.blackhole(true);
  const young = await connect();
  const heard = [old, young].map(heardBy);
  old.write('b');
  young.write('c');
  proxy.blackhole(false);
  old.write('d');
  young.write('e');
  expect(await answerTo(await connect(), 'f')).toBe('f');
  expect(heard.map((each) => each.text)).toEqual(['', '']);
  expect([old.closed, young.closed]).toEqual([false, false]);
});
