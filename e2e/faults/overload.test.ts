import { poll } from '@bot/dev';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';

/** Few turns at once, so that workers are what is short, and not this machine. */
const worker = { concurrency: 10 };
const pushedForMs = sized({ short: 2_500, full: 8_000 });
/** The most that may wait, in seconds of what the workers do. */
const LIMIT_SECONDS = 0.75;
/** What is known of the depth is so old; what was refused before comes in a rush meanwhile. */
const everyMs = 20;
const smallRush = { addSize: 4, addsAtOnce: 2 };

/** Events a second that the workers handle. */
let capacity = 0;

beforeAll(async () => {
  const traffic = { events: 800, lanes: 400, skew: 0, perSecond: 20_000 };
  const rig = await startRig({ seed, worker, traffic });
  if (!(await rig.settle(30_000))) throw new Error('The workers did not get through.');
  const times = rig.books.handled.map(({ at }) => at);
  // Neither the beginning nor the end, when some have nothing to do.
  const [first = 0, last = 0] = [times[200], times[600]];
  capacity = (400 * 1_000) / (last - first);
  await rig.close();
});

interface Depths {
  readonly most: number;
  readonly levels: ReadonlySet<string>;
  /** Of all refusals. */
  readonly reasons: readonly string[];
}

/** Pushes twice as much as the workers can do; looks at the queue until all are taken. */
async function overload(
  { onTestFinished }: TestContext,
  options: Partial<RigOptions>,
): Promise<{ rig: Rig; depths: Depths }> {
  const perSecond = 2 * capacity;
  const events = Math.round((perSecond * pushedForMs) / 1_000);
  const traffic = { events, lanes: 500, skew: 0, perSecond };
  const rig = await startRig({ seed, worker, traffic, ...options });
  onTestFinished(() => rig.close());
  let most = 0;
  const levels = new Set<string>();
  const reasons: string[] = [];
  const look = async (): Promise<boolean> => {
    most = Math.max(most, (await rig.queue.figures()).waitingEvents);
    const pressure = rig.queue.pressure();
    levels.add(pressure.level);
    if (pressure.level === 'refuse') reasons.push(pressure.reason);
    return rig.books.acked.size >= rig.events.length;
  };
  await poll(look, { timeoutMs: 60_000, everyMs });
  return { rig, depths: { most, levels, reasons } };
}

/** The longest from acknowledgement to the end of the turn, in ms. */
function slowestEventMs({ books }: Rig): number {
  const ages = books.handled.map(
    ({ lane, seq, at }) => at - (books.acked.get(`${lane}:${seq}`) ?? at),
  );
  return Math.round(Math.max(0, ...ages));
}

// Both mostly wait for effects, so they run side by side.
describe.concurrent('twice the load that the workers can take', () => {
  it('is refused before the queue is deep, and what was acknowledged is handled', async (test) => {
    const limit = Math.round(capacity * LIMIT_SECONDS);
    const backpressure = {
      slow: { events: limit / 2 },
      refuse: { events: limit, ageMs: 5_000 },
      everyMs,
    };
    const { rig, depths } = await overload(test, { producer: { ...smallRush, backpressure } });
    expect(await rig.settle(60_000)).toBe(true);
    const { refused } = rig.books;
    const slowestRefusal = Math.round(Math.max(...refused.map(({ tookMs }) => tookMs)));
    rig.report('overload', {
      'capacity (a second)': Math.round(capacity),
      'limit of depth': limit,
      'greatest depth': depths.most,
      refusals: refused.length,
      'slowest refusal (ms)': slowestRefusal,
      'slowest event (ms)': slowestEventMs(rig),
    });
    expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(['overloaded']));
    expect(slowestRefusal).toBeLessThan(200);
    expect(depths.most).toBeGreaterThanOrEqual(limit);
    expect(depths.most).toBeLessThan(2 * limit);
    expect([...depths.levels]).toEqual(expect.arrayContaining(['ok', 'slow', 'refuse']));
    for (const reason of depths.reasons) expect(reason).toContain(`events wait, of ${limit}`);
    expect(rig.verdict()).toMatchObject({ lost: [], reordered: [], extra: [], overlaps: [] });
    expect(rig.books.acked.size).toBe(rig.events.length);
    const isOk = async (): Promise<boolean> => rig.queue.pressure().level === 'ok';
    expect(await poll(isOk, { timeoutMs: 2_000, everyMs })).toBe(true);
  });

  it('control: without backpressure, the queue is the deeper the longer it lasts', async (test) => {
    const { rig, depths } = await overload(test, { producer: smallRush });
    rig.report('overload, control without backpressure', {
      'capacity (a second)': Math.round(capacity),
      'greatest depth': depths.most,
    });
    expect(rig.books.refused).toEqual([]);
    expect(depths.most).toBeGreaterThan(2 * LIMIT_SECONDS * capacity);
  });
});
