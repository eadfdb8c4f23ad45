import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ann, NOW } from './history.test-setup.ts';
import { createRecorder, type RecorderOptions } from './recorder.ts';
import { streamOf, streamsOf } from './streams.ts';

/** A recorder on a Redis that only counts. */
function setUp(options: Partial<RecorderOptions> = {}, answer?: () => Promise<unknown>) {
  const calls: { readonly stream: unknown; readonly records: string[] }[] = [];
  const told: string[] = [];
  const recorder = createRecorder({
    clock: { now: () => NOW },
    redis: {
      eval(_script, _keys, stream, most, ...records) {
        calls.push({ stream, records: records.map(String) });
        return answer?.() ?? Promise.resolve(Math.min(Number(most), records.length));
      },
    },
    observer: {
      recorded: (count) => void told.push(`recorded ${count}`),
      lost: (count, { message }) => void told.push(`lost ${count}: ${message}`),
    },
    ...options,
  });
  const say = (id: string, psid = ann.psid): Promise<void> =>
    recorder.turn({ type: 'text', id, ...ann, psid, timestamp: NOW }, never, async () => {});
  return { recorder, calls, told, say };
}

const never = async (): Promise<undefined> => undefined;

describe('a recorder', () => {
  it('brings what happens in one tick by one call', async () => {
    const { calls, told, say } = setUp();
    await Promise.all(['a', 'b', 'c'].map((id) => say(id)));
    expect(calls.map(({ records }) => records.length)).toEqual([3]);
    expect(told).toEqual(['recorded 3']);
  });

  it('brings no more than 500 at once, in their order', async () => {
    const { calls, say } = setUp();
    const ids = Array.from({ length: 1_200 }, (_, index) => `e${index}`);
    await Promise.all(ids.map((id) => say(id)));
    expect(calls.map(({ records }) => records.length)).toEqual([500, 500, 200]);
    const noted = calls.flatMap(({ records }) => records).map((json) => JSON.parse(json).key);
    expect(noted).toEqual(ids);
  });

  it('notes an event when its turn begins, so that one which kills the process is known', async () => {
    const { recorder, calls } = setUp();
    const event = { type: 'text', id: 'a', ...ann, timestamp: NOW };
    void recorder.turn(event, never, () => new Promise(() => {}));
    await tick();
    expect(calls).toHaveLength(1);
  });

  it('ends a turn only once all of it is noted', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { say } = setUp({}, () => answer.promise);
    let ended = false;
    const turn = say('a').then(() => (ended = true));
    for (let ticks = 0; ticks < 5; ticks += 1) await tick();
    expect(ended).toBe(false);
    answer.resolve(1);
    await turn;
  });

  it('fails no turn when Redis takes nothing, and says what was lost', async () => {
    const { told, say } = setUp({}, () => Promise.reject(new Error('OOM command not allowed')));
    await say('a');
    expect(told).toEqual([
      expect.stringMatching(/^lost 1: Redis refuses .*OOM command not allowed/),
    ]);
  });

  it('says how much a full stream did not take', async () => {
    const { told, say } = setUp({ mostWaiting: 2 });
    await Promise.all(['a', 'b', 'c'].map((id) => say(id)));
    expect(told).toEqual(['recorded 2', expect.stringMatching(/^lost 1: 2 records .* wait/)]);
  });

  it('passes on what a turn answers and throws', async () => {
    const { recorder } = setUp();
    const event = { type: 'text', id: 'a', ...ann, timestamp: NOW };
    expect(await recorder.turn(event, never, async () => 7)).toBe(7);
    const failing = recorder.turn(event, never, () => Promise.reject(new Error('mine')));
    await expect(failing).rejects.toThrow('mine');
  });

  it('refuses a bound that cannot be', () => {
    expect(() => setUp({ mostWaiting: 0 })).toThrow('mostWaiting must be a whole number');
  });

  it('has a conversation’s records where its lane is', () => {
    const streams = streamsOf({ shards: 8 });
    expect(streams[7]).toBe('{bot:7}:history');
    const used = Array.from({ length: 100 }, (_, i) => streamOf({ ...ann, psid: `${i}` }, streams));
    expect(new Set(used).size).toBe(8);
    expect(streamOf(ann, streams)).toBe(streamOf({ ...ann }, streams));
  });
});
