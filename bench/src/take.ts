import { compare, ownCpu } from './compare.ts';
import { fillLanes, runBare, underWay, type OwnLanes } from './own-lanes.ts';
import { startPrivateRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { sideBySide } from './side-by-side.ts';

const count = 20_000;

/** What taking a lane costs, beside a script that reads its event and writes its state. */
export async function benchTake(): Promise<Figure[]> {
  const { redis, cpu, empty, close } = await startPrivateRedis();
  let own: OwnLanes;
  const around = {
    prepare: async (lanes: number) => void (own = await fillLanes(redis, lanes)),
    cleanUp: empty,
  };
  try {
    const found = await compare(
      'take a lane',
      [
        {
          name: 'bare evalsha',
          ...around,
          run: () =>
            runBare(
              redis,
              "redis.call('HSET', state, 'epoch', i); results[i] = redis.call('LINDEX', lane, 0)",
              own.ids,
            ),
        },
        {
          name: 'lanes.take',
          ...around,
          run: () => sideBySide(underWay, own.ids, (lane) => own.lanes.take({ lane, mostLost: 0 })),
        },
      ],
      { rounds: 3, count, meters: [ownCpu, cpu] },
    );
    const values = found.ratios('lanes.take', ownCpu.name);
    return [{ what: 'take, beside a bare script', unit: 'x', values }];
  } finally {
    await close();
  }
}
