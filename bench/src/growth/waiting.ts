import { createQueue, createWorker, type QueueEvent } from '@bot/queue';
import { createCountdown } from '../countdown.ts';
import { madeUpEvent } from '../made-up-event.ts';
import { startPrivateRedis, type MeteredRedis } from '../private-redis.ts';
import { sayProgress } from '../progress.ts';
import type { Figure } from '../result.ts';
import { inTurn } from '../rounds.ts';
import { partsOf, sideBySide } from '../side-by-side.ts';
import { burst, costs } from './burst.ts';

const rounds = 5;
const waiting = [1_000, 10_000, 100_000, 1_000_000];
const further = 10_000;
const eventsALane = 20;
/** Further events have lanes of their own, numbered from here; none of them waits already. */
let nextFurther = 10_000_000;
const text = 'Xin chào, cho mình hỏi cửa hàng còn áo màu xanh không?';
const anHourMs = 60 * 60 * 1_000;
const mostAdded = 50_000;
const atGoal = nameOf(1_000_000);
const against =
  'Redis does the same for an event, with keys and lists that the caches of the processor do not hold.';

/**
 * What a further 10,000 events cost while so many wait already, for another attempt in an hour,
 * each count in a Redis of its own; and the memory that an event of about 350 bytes waits in.
 */
export async function benchWaiting(): Promise<Figure[]> {
  const servers: (MeteredRedis & { readonly name: string })[] = [];
  const memory: Figure[] = [];
  try {
    for (const count of waiting) {
      const name = nameOf(count);
      const server = { name, ...(await startPrivateRedis()) };
      servers.push(server);
      // Brings the scripts, which are not counted.
      await burst(server, furtherEvents(100));
      const before = await server.memory();
      await fill(server, count);
      const bytes = ((await server.memory()) - before) / count;
      memory.push({ what: `memory of an event when ${name}`, unit: 'bytes', values: [bytes] });
      process.stdout.write(`  ${name.padEnd(30)}${bytes.toFixed(0)} bytes an event\n`);
    }
    const found = await inTurn(`${further} further events`, rounds, servers, (server) =>
      burst(server, furtherEvents(further)),
    );
    return [
      ...memory,
      ...servers.slice(1).flatMap(({ name }) =>
        Object.values(costs).map((cost): Figure => ({
          what: `a further event when ${name}: ${cost}`,
          unit: 'x',
          values: found.ratios(name, cost),
          goal: name === atGoal && cost === costs.both ? { atMost: 1.15, against } : undefined,
        })),
      ),
    ];
  } finally {
    for (const server of servers) await server.close();
  }
}

/** Puts so many events into lanes and has each lane wait for another attempt at its first. */
async function fill(server: MeteredRedis, count: number): Promise<void> {
  const { redis, keepLog } = server;
  // Filling is not what is measured.
  await keepLog(false);
  const queue = createQueue({ redis, backpressure: { refuse: { events: Infinity } } });
  for (let first = 0; first < count; first += mostAdded) {
    sayProgress(`${first} of ${count} events wait`);
    const some = Array.from({ length: Math.min(mostAdded, count - first) }, (_, index) =>
      madeUpEvent(first + index, count / eventsALane, text),
    );
    await sideBySide(8, partsOf(some, 200), (part) => queue.add(part));
  }
  await queue.close();
  const putOff = createCountdown(Math.ceil(count / eventsALane));
  const worker = createWorker({
    redis,
    handle: async () => {
      throw new Error('not now');
    },
    retry: () => ({ kind: 'retry', delayMs: anHourMs, countAttempt: true }),
    observer: { retried: putOff.one },
  });
  await putOff.done;
  await worker.close();
  await keepLog(true);
}

function furtherEvents(count: number): QueueEvent[] {
  const first = nextFurther;
  nextFurther += count;
  return Array.from({ length: count }, (_, index) => madeUpEvent(first + index, Infinity, text));
}

function nameOf(count: number): string {
  return `${count.toLocaleString('en')} wait`;
}
