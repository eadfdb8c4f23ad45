import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppOptions } from '../app.ts';
import { forgedBody } from './signatures.test-setup.ts';
import {
  exchange,
  healthy,
  message,
  rawDelivery,
  rawRequest,
  signature,
  startWebhook,
  statusesOf,
  type Webhook,
} from './webhook.test-setup.ts';

const whole = rawDelivery(forgedBody, [signature(forgedBody)]);
const bodyStart = whole.indexOf('\r\n\r\n') + 4;

const started: Webhook[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const webhook of started.splice(0)) await webhook.close();
});

async function start(options: Partial<AppOptions>): Promise<Webhook> {
  const webhook = await startWebhook(options);
  started.push(webhook);
  return webhook;
}

async function open({ port }: Webhook): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Not `once` of node:events, which rejects when an error comes first. */
const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

/** How the app ends what takes too long; the answer may get lost behind bytes still under way. */
const cuts = [408, 0];

interface Drip {
  readonly socket: Socket;
  /** The first status that came before the connection ended. */
  readonly ended: Promise<number | undefined>;
}

/** Sends the first bytes of a right delivery at once, and the others one by one. */
async function drip(webhook: Webhook, first: number, everyMs: number): Promise<Drip> {
  const socket = await open(webhook);
  let answer = '';
  let sent = first;
  socket.on('data', (chunk) => void (answer += chunk.toString()));
  socket.write(whole.subarray(0, first));
  const timer = setInterval(() => {
    socket.write(whole.subarray(sent, sent + 1));
    sent += 1;
  }, everyMs);
  const ended = closed(socket).then(() => {
    clearInterval(timer);
    return statusesOf(answer)[0];
  });
  return { socket, ended };
}

describe('who sends slowly', () => {
  it.each([
    ['a body', bodyStart],
    ['a header', 40],
  ])('%s, a byte at a time, is cut off when the time is over', async (_what, first) => {
    const webhook = await start({ requestTimeoutMs: 200 });
    const { ended } = await drip(webhook, first, 10);
    expect(cuts).toContain(await ended);
    expect(webhook.queued).toEqual([]);
  });

  it('on 500 connections keeps nobody else from being served, and is cut off', async () => {
    const webhook = await start({ requestTimeoutMs: 3_000 });
    const drips = await Promise.all(
      Array.from({ length: 500 }, (_, at) => drip(webhook, at % 2 === 0 ? 40 : bodyStart, 200)),
    );
    for (let count = 0; count < 20; count += 1) {
      expect(await healthy(webhook, `m_${count}`)).toEqual([200]);
    }
    expect(drips.filter(({ socket }) => socket.closed)).toEqual([]);
    const ends = await Promise.all(drips.map(({ ended }) => ended));
    expect(ends.filter((status) => status !== 408 && status !== 0)).toEqual([]);
    expect(webhook.queued).toHaveLength(20);
  });
});

describe('who opens connections', () => {
  it('gets no more than the limit, until one is free again', async () => {
    const webhook = await start({ maxConnections: 3 });
    const [first] = await Promise.all([open(webhook), open(webhook), open(webhook)]);
    expect(await healthy(webhook, 'm_refused')).toEqual([0]);
    first.destroy();
    await expect.poll(() => healthy(webhook, 'm_taken')).toEqual([200]);
    expect(webhook.queued).toHaveLength(1);
  });

  it('and leaves in the middle of 300 deliveries does no harm', async () => {
    const webhook = await start({});
    const gone = Array.from({ length: 300 }, async (_, at) => {
      const socket = await open(webhook);
      socket.write(whole.subarray(0, bodyStart + (at % forgedBody.length)), () =>
        socket.resetAndDestroy(),
      );
      await closed(socket);
    });
    await Promise.all(gone);
    expect(await healthy(webhook, 'm_after')).toEqual([200]);
    expect(webhook.queued).toHaveLength(1);
    expect(webhook.logged()).not.toContain('request failed');
  });
});

describe('who sends much', () => {
  const large = message('m_large').padEnd(3_000_000);
  const bytes = rawDelivery(large, [signature(large)]);

  it.each([
    ['of a large body', bytes],
    ['of chunks', rawRequest('POST /webhook HTTP/1.1', ['host: x', 'transfer-encoding: chunked'])],
  ])('%s holds only its part of the memory, and small deliveries pass', async (_what, head) => {
    const webhook = await start({ largeBodies: 5_000_000 });
    const socket = await open(webhook);
    socket.write(head.subarray(0, head.indexOf('\r\n\r\n') + 4));
    const again = async (): Promise<number[]> => statusesOf(await exchange(webhook.port, bytes));
    await expect.poll(again, { timeout: 4_000 }).toEqual([503]);
    expect(await healthy(webhook, 'm_small')).toEqual([200]);
    socket.destroy();
    await expect.poll(again, { timeout: 4_000 }).toEqual([200]);
    expect(webhook.queued.at(-1)).toBe('message.m_large');
  });

  it('gets its memory back with each answer', async () => {
    const webhook = await start({ largeBodies: 5_000_000 });
    for (let count = 0; count < 5; count += 1) {
      expect(statusesOf(await exchange(webhook.port, bytes))).toEqual([200]);
      expect(statusesOf(await exchange(webhook.port, rawDelivery(large)))).toEqual([401]);
    }
  });
});
