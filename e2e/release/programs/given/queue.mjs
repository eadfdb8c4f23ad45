/** What the examples of @bot/queue take for granted. */
import { once } from 'node:events';
import { connectRedis, createQueue, createWorker, guardEventLoop } from '@bot/queue';
import { openDoor } from '../door.mjs';

const greeted = Promise.withResolvers();
await openDoor();

export async function prepare() {
  const url = 'redis://localhost:6379';
  const handle = async () => {};
  const [producer, redis] = ['producer', 'worker'].map((role) => connectRedis({ url, role }));
  await Promise.all([producer, redis].map((connection) => once(connection, 'ready')));
  Object.assign(globalThis, {
    createQueue,
    createWorker,
    connectRedis,
    guardEventLoop,
    url,
    handle,
    redis,
    queue: createQueue({ redis: producer }),
    bot: { handle },
    newsletter: [{ id: 'n1', lane: 'bob', timestamp: Date.now(), data: {} }],
    reminder: { id: 'r1', lane: 'bob', timestamp: Date.now(), data: {} },
    lane: 'ann',
    reference: 'm1/pay',
    paymentId: 'p1',
    greet: async (lane, { reference }) => greeted.resolve([lane, reference]),
    pay: async () => ({ paymentId: 'p1' }),
    stop(reason) {
      throw new Error(reason);
    },
    span() {},
    histogram: { record() {} },
    log: { warn() {}, error() {} },
  });
  return async () => {};
}

/** The first example's event was handled. */
export async function verify() {
  const greeting = String(await greeted.promise);
  if (greeting !== 'ann,m1/greet') throw new Error(`Greeted ${greeting}`);
}
