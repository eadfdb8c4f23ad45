import { delay, poll, type RedisServer } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seed, sized } from './rig/form.ts';
import { outageFigures, outageOf, type Outage, type Span } from './rig/outage.ts';
import { startRig, type Rig, type RigOptions } from './rig/rig.ts';
import { limitRoom } from './rig/room.ts';

const times = sized({ short: 1, full: 3 });
/** Flows longer than the disk is full. */
const traffic = sized({
  short: { events: 2_800, lanes: 600, perSecond: 400 },
  full: { events: 7_200, lanes: 1_000, perSecond: 400 },
});
const littleTraffic = { events: 1_200, lanes: 300, perSecond: 400 };
/** Written in 1 to 2 s of it. */
const ROOM_BYTES = 750_000;
/** Enough besides for what has gathered while there was none. */
const MORE_ROOM_BYTES = 2_500_000;
/** Starts of Redis while there is no room. */
const VAIN_STARTS = 3;

function isRunning({ pid }: RedisServer): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Redis ends itself when it cannot keep what it took: it must not answer. */
const end = (redis: RedisServer): Promise<boolean> =>
  poll(() => !isRunning(redis), { timeoutMs: 20_000, everyMs: 10 });

/** Waits until the disk is full, starts Redis in vain, and then makes room. */
async function runOutOfRoom({ redis }: Rig, makeRoom: () => Promise<void>): Promise<Span> {
  expect(await end(redis)).toBe(true);
  const down = { downAt: performance.now(), downTimestamp: Date.now() };
  for (let start = 1; start <= VAIN_STARTS; start += 1) {
    await delay(500);
    await redis.restart();
    expect(await end(redis)).toBe(true);
  }
  await makeRoom();
  await redis.restart();
  return { ...down, upAt: performance.now() };
}

/** The last time there is room enough. */
async function runOutOfRoomAgainAndAgain(
  count: number,
  options: Omit<RigOptions, 'seed'>,
): Promise<{ rig: Rig; outages: Outage[] }> {
  const room = await limitRoom(ROOM_BYTES);
  onTestFinished(() => room.close());
  const rig = await startRig({ seed, ...options, redisThrough: room.through });
  onTestFinished(() => rig.close());
  const spans: Span[] = [];
  for (let time = 1; time < count; time += 1) {
    spans.push(await runOutOfRoom(rig, () => room.leave(rig.redis, MORE_ROOM_BYTES)));
  }
  spans.push(await runOutOfRoom(rig, () => room.unlimited()));
  expect(await rig.settle(60_000)).toBe(true);
  return { rig, outages: spans.map((span) => outageOf(rig, span)) };
}

describe('a disk without room for what Redis must keep', () => {
  it('costs nothing acknowledged: it is refused at once, and goes on once there is room', async () => {
    const { rig, outages } = await runOutOfRoomAgainAndAgain(times, { traffic });
    rig.report('disk-full', { 'times full': times, ...outageFigures(outages) });
    expect(rig.verdict()).toMatchObject({ lost: [], reordered: [], unflagged: [], overlaps: [] });
    for (const each of outages) {
      expect(each.refusals).toBeGreaterThan(0);
      expect(each.slowestRefusal).toBeLessThanOrEqual(1_000);
      expect(each.untilTaken).toBeLessThanOrEqual(2_000);
      expect(each.untilHandled).toBeLessThanOrEqual(2_000);
    }
  });

  it('control: acknowledged all the same, what there was no room for is lost', async () => {
    const options = { traffic: littleTraffic, guardsOff: ['refusal'] } as const;
    const { rig } = await runOutOfRoomAgainAndAgain(1, options);
    rig.report('disk-full, control without refusals', { 'times full': 1 });
    expect(rig.verdict().lost.length).toBeGreaterThan(0);
  });
});
