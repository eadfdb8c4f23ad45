import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocalStack, type LocalStack } from '../src/local-stack.ts';
import { createMeta } from './rig/meta.ts';

let local: LocalStack;
const sockets: Socket[] = [];

beforeAll(async () => {
  local = await startLocalStack();
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await local.stack.close();
});

/** Begins a delivery and never comes to its end. */
async function hang(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket.on('error', () => {}));
  await once(socket, 'connect');
  socket.write('POST /webhook HTTP/1.1\r\nhost: bot.example\r\ncontent-length: 60000\r\n\r\n{');
}

/** The middle and the slowest of a hundred deliveries, one after another. */
async function measure(meta: ReturnType<typeof createMeta>): Promise<[number, number]> {
  const times: number[] = [];
  for (let count = 0; count < 100; count += 1) {
    const { status, tookMs } = await meta.post();
    expect(status).toBe(200);
    times.push(tookMs);
  }
  times.sort((one, other) => one - other);
  return [times[50] ?? 0, times.at(-1) ?? 0];
}

it('500 sockets that hang in the middle of a delivery leave the latency of others as it was', async () => {
  const { webhookUrl, credentials } = local.stack;
  const meta = createMeta(webhookUrl, credentials.appSecret);
  await measure(meta);
  const [before] = await measure(meta);
  const port = Number(new URL(webhookUrl).port);
  await Promise.all(Array.from({ length: 500 }, () => hang(port)));
  const [during, slowest] = await measure(meta);
  expect(sockets.filter(({ closed }) => closed)).toEqual([]);
  // Half a millisecond is noise here.
  expect(during).toBeLessThan(2 * before + 0.5);
  expect(slowest).toBeLessThan(1_000);
});
