import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { delay } from '@bot/dev';

/** The network before a Redis, for a test to spoil. Made by {@link startProxy}. */
export interface Proxy {
  /** Of the Redis behind it, reached through it. */
  readonly url: string;
  /**
   * Breaks all connections. For `repliesLostMs` before that Redis still gets its commands and
   * carries them out, and its answers go astray. Default 0.
   */
  cut(repliesLostMs?: number): Promise<void>;
  /** From now on bytes need `ms`, give or take `jitterMs`, in each direction. 0 at the start. */
  latency(ms: number, jitterMs?: number): void;
  /**
   * While on, connections are accepted and what they carry is swallowed, in silence. Those that
   * lived through it stay silent for ever, as after a reboot of what lies between.
   */
  blackhole(on: boolean): void;
  /** Ends all connections. May be called again. */
  close(): Promise<void>;
}

/** What is lost on a connection's way. */
type Loss = 'nothing' | 'replies' | 'everything';

interface Link {
  readonly sockets: readonly Socket[];
  loss: Loss;
}

/**
 * Starts a proxy on 127.0.0.1 before a Redis.
 *
 * @example
 * const proxy = await startProxy(redis.url);
 * const connection = connectRedis({ url: proxy.url, role: 'worker' });
 * await proxy.cut(20);
 */
export async function startProxy(url: string, random: () => number = Math.random): Promise<Proxy> {
  const target = new URL(url);
  const links = new Set<Link>();
  let way = { ms: 0, jitterMs: 0 };
  let swallows = false;

  const latencyMs = (): number => way.ms + way.jitterMs * (2 * random() - 1);

  function attend(client: Socket): void {
    const redis = createConnection({
      host: target.hostname,
      port: Number(target.port),
      noDelay: true,
      allowHalfOpen: true,
    });
    client.setNoDelay();
    const sockets = [client, redis];
    const link: Link = { sockets, loss: swallows ? 'everything' : 'nothing' };
    links.add(link);
    carry(client, redis, latencyMs, () => link.loss === 'everything');
    carry(redis, client, latencyMs, () => link.loss !== 'nothing');
    for (const socket of sockets) {
      socket.on('close', () => {
        if (sockets.every(({ closed }) => closed)) links.delete(link);
      });
    }
  }

  function breakAll(): void {
    for (const { sockets } of links) for (const socket of sockets) socket.destroy();
  }

  const server = createServer({ allowHalfOpen: true }, attend).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  own.port = `${(server.address() as AddressInfo).port}`;
  return {
    url: own.href,
    async cut(repliesLostMs = 0) {
      for (const link of links) if (link.loss === 'nothing') link.loss = 'replies';
      if (repliesLostMs > 0) await delay(repliesLostMs);
      breakAll();
    },
    latency: (ms, jitterMs = 0) => void (way = { ms, jitterMs }),
    blackhole(on) {
      swallows = on;
      if (on) for (const link of links) link.loss = 'everything';
    },
    async close() {
      if (!server.listening) return;
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}

/** One direction of a connection: what arrives goes out in its order, unless it is lost. */
function carry(from: Socket, to: Socket, latencyMs: () => number, isLost: () => boolean): void {
  const held: (() => void)[] = [];
  let dueAt = 0;

  function passOn(): void {
    const act = held.shift();
    if (!isLost()) act?.();
  }

  function hold(act: () => void): void {
    const now = performance.now();
    dueAt = Math.max(dueAt, now + latencyMs());
    held.push(act);
    // Each passing on takes the oldest, so that timers of the same millisecond change no order.
    if (dueAt <= now) passOn();
    else setTimeout(passOn, dueAt - now);
  }

  function write(bytes: Buffer): void {
    if (to.write(bytes) || from.isPaused()) return;
    from.pause();
    to.once('drain', () => from.resume());
  }

  from.on('data', (bytes: Buffer) => hold(() => write(bytes)));
  from.on('end', () => hold(() => to.end()));
  // An error closes the socket, which is passed on.
  from.on('error', () => {});
  from.on('close', (broken) => {
    if (broken && !isLost()) to.destroy();
  });
}
