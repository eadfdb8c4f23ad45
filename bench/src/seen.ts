import { createQueue, type RedisConnection } from '@bot/queue';
import { madeUpEvent, madeUpId } from './made-up-event.ts';
import { startPrivateRedis } from './private-redis.ts';
import { sayProgress } from './progress.ts';
import type { Figure } from './result.ts';
import { sideBySide } from './side-by-side.ts';

const sampled = 1_000_000;
const twoDays = 10_000_000;
/** Ids after which everything but the memory of them is taken away. */
const chunk = 250_000;
const batch = 500;
const lanes = 1_000;
/** When the first of them happened. */
const start = 1_795_000_000_000;
const seenMs = 48 * 60 * 60 * 1_000;
/** Ten million ids in 48 hours, and busier. */
const rates = [58, 500, 5_000];

/**
 * Memory that an accepted event's id takes until it is forgotten, at several rates of arrival,
 * beside a plain key an id. What an id takes does not depend on how many there are, so a part of
 * the window of 48 hours is enough.
 */
export async function benchSeen(): Promise<Figure[]> {
  return compareMemory(sampled, rates);
}

/** The whole window of 48 hours, ten million ids; takes minutes. */
export async function benchSeenFully(): Promise<Figure[]> {
  return compareMemory(twoDays, rates.slice(0, 1));
}

async function compareMemory(ids: number, some: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  process.stdout.write(`memory of ids: bytes an id of ${ids}\n`);
  sayProgress('plain keys');
  const plain = await bytesAnId(ids, rememberPlainly);
  print('plain key', plain, plain);
  for (const rate of some) {
    sayProgress(`lanes, ${rate} events a second`);
    const remember: Remember = (redis, count) => rememberByAccepting(redis, count, rate);
    const bytes = await bytesAnId(ids, remember);
    print(`lanes, ${rate} events a second`, bytes, plain);
    figures.push({
      what: `memory of an id, of ${ids}, at ${rate} a second`,
      unit: 'bytes',
      values: [bytes],
    });
  }
  return figures;
}

function print(name: string, bytes: number, plain: number): void {
  const figures = `${bytes.toFixed(1).padStart(8)} B   ${(bytes / plain).toFixed(3)}x`;
  process.stdout.write(`  ${name.padEnd(28)}${figures}\n`);
}

type Remember = (redis: RedisConnection, ids: number) => Promise<void>;

async function bytesAnId(ids: number, remember: Remember): Promise<number> {
  const { redis, memory, close } = await startPrivateRedis();
  try {
    // Memory is what counts here; the log would only fill the disk.
    await redis.config('SET', 'appendonly', 'no');
    // The first id brings the scripts, which are not counted.
    await remember(redis, 1);
    const before = await memory();
    await remember(redis, ids);
    return ((await memory()) - before) / ids;
  } finally {
    await close();
  }
}

async function rememberPlainly(redis: RedisConnection, ids: number): Promise<void> {
  await sideBySide(8, batches(0, ids), async ({ first, last }) => {
    const pipeline = redis.pipeline();
    for (let index = first; index < last; index += 1) {
      pipeline.set(madeUpId(index), '', 'PX', seenMs);
    }
    await pipeline.exec();
  });
}

/** Has the queue accept them as if they came at this rate, and then forget all but their ids. */
async function rememberByAccepting(
  redis: RedisConnection,
  ids: number,
  rate: number,
): Promise<void> {
  for (let first = 0; first < ids; first += chunk) {
    const queue = createQueue({ redis, seenMs });
    await sideBySide(4, batches(first, Math.min(first + chunk, ids)), (part) =>
      queue.add(
        Array.from({ length: part.last - part.first }, (_, offset) => {
          const index = part.first + offset;
          const { id, lane } = madeUpEvent(index, lanes);
          return { id, lane, timestamp: timeOf(index, rate), data: null };
        }),
      ),
    );
    await queue.close();
    await forgetAllBut(redis, ':seen:');
  }
}

function timeOf(index: number, rate: number): number {
  return start + Math.floor((index * 1_000) / rate);
}

async function forgetAllBut(redis: RedisConnection, kept: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1_000);
    const others = keys.filter((key) => !key.includes(kept));
    if (others.length > 0) await redis.del(...others);
    cursor = next;
  } while (cursor !== '0');
}

function* batches(from: number, end: number): Generator<{ first: number; last: number }> {
  for (let first = from; first < end; first += batch) {
    yield { first, last: Math.min(first + batch, end) };
  }
}
