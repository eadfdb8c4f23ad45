import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { manualClock } from './mocks.test-setup.ts';
import { pause } from './time-limit.ts';

it.each(['its time', 'an abort', 'an abort before'])(
  'leaves neither timer nor listener after a pause that ended by %s',
  async (end) => {
    const clock = manualClock();
    const turn = new AbortController();
    if (end === 'an abort before') turn.abort('over');
    const pausing = pause(clock, 250, turn.signal);
    if (end === 'its time') clock.move(250);
    else turn.abort('over');
    const ended = await pausing.catch((reason: unknown) => reason);
    expect(ended).toBe(end === 'its time' ? undefined : 'over');
    expect(clock.timers).toBe(0);
    expect(getEventListeners(turn.signal, 'abort')).toEqual([]);
  },
);
