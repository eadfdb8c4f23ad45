import { compare, ownCpu } from './compare.ts';
import { fillLanes, runBare, underWay, type OwnLanes } from './own-lanes.ts';
import { startPrivateRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { sideBySide } from './side-by-side.ts';

const count = 20_000;

/** What finishing a turn costs, beside a script that removes its event and the lane's state. */
export async function benchFinish(): Promise<Figure[]> {
  const { redis, cpu, empty, close } = await startPrivateRedis();
  let own: OwnLanes;
  let grants: Awaited<ReturnType<OwnLanes['takeAll']>>;
  const around = {
    async prepare(lanes: number) {
      own = await fillLanes(redis, lanes);
      grants = await own.takeAll();
    },
    cleanUp: empty,
  };
  try {
    const found = await compare(
      'finish a turn',
      [
        {
          name: 'bare evalsha',
          ...around,
          run: () =>
            runBare(redis, "redis.call('LTRIM', lane, 1, -1); redis.call('DEL', state)", own.ids),
        },
        {
          name: 'lanes.finish',
          ...around,
          run: () =>
            sideBySide(underWay, grants, (grant) => own.lanes.finish({ grant, next: 'take' })),
        },
      ],
      { rounds: 3, count, meters: [ownCpu, cpu] },
    );
    const values = found.ratios('lanes.finish', ownCpu.name);
    return [{ what: 'finish, beside a bare script', unit: 'x', values }];
  } finally {
    await close();
  }
}
