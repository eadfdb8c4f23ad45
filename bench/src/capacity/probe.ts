import { createQueue } from '@bot/queue';
import { madeUpEvent } from '../made-up-event.ts';
import { openRedis, startPrivateRedis } from '../private-redis.ts';
import { partsOf, sideBySide } from '../side-by-side.ts';
import { median } from '../spread.ts';
import type { System } from '../system.ts';

/** Bytes so far. */
export interface Traffic {
  readonly in: number;
  readonly out: number;
  readonly file: number;
}

/** Looks at the Redis of a system. */
export interface Probe {
  traffic(): Promise<Traffic>;
  memory(): Promise<number>;
  /** How long a write waits for the disk. */
  flushMs(): Promise<number>;
  close(): void;
}

export function openProbe({ redisUrl = '' }: System): Probe {
  const { redis, memory, close } = openRedis(redisUrl);
  const field = async (section: string, name: string): Promise<number> =>
    Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await redis.info(section))?.[1]);
  async function timeOf(ask: () => Promise<unknown>): Promise<number> {
    const times: number[] = [];
    for (let each = 0; each < 300; each += 1) {
      const begun = performance.now();
      await ask();
      times.push(performance.now() - begun);
    }
    return median(times);
  }
  return {
    traffic: async () => ({
      in: await field('stats', 'total_net_input_bytes'),
      out: await field('stats', 'total_net_output_bytes'),
      file: await field('persistence', 'aof_current_size'),
    }),
    memory,
    async flushMs() {
      const written = await timeOf(() => redis.set('probe', 'x'));
      return written - (await timeOf(() => redis.get('probe')));
    },
    close: () => void close(),
  };
}

/** Memory of an event with its lane, its part of a job, and its id, when no worker is there. */
export async function measureWaiting(): Promise<number> {
  const count = 50_000;
  const { redis, memory, close } = await startPrivateRedis();
  try {
    const queue = createQueue({ redis });
    const text = 'Xin chào, cho mình hỏi cửa hàng còn áo màu xanh không?';
    await queue.add([madeUpEvent(count, Infinity, text)]);
    const before = await memory();
    const events = Array.from({ length: count }, (_, index) => madeUpEvent(index, Infinity, text));
    await sideBySide(8, partsOf(events, 10), (part) => queue.add(part));
    const each = ((await memory()) - before) / count;
    await queue.close();
    return each;
  } finally {
    await close();
  }
}
