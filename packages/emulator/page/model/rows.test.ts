import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../src/state/state.ts';
import { rowsOf } from './rows.ts';

const noon = new Date(2026, 10, 26, 12, 0).getTime();
const message = (minutes: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  mid: `${minutes}`,
  direction: 'in',
  timestamp: noon + minutes * 60_000,
  status: 'read',
  ...more,
});

describe('bubbles', () => {
  it('of one side within five minutes form a group', () => {
    const rows = rowsOf([message(0), message(4), message(9), message(10, { direction: 'out' })]);
    expect(rows.map(({ follows, goesOn }) => [follows, goesOn])).toEqual([
      [false, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it('of a human and of a persona stand apart from the bot’s', () => {
    const rows = rowsOf([
      message(0),
      message(1, { byHuman: true }),
      message(2, { persona: 'Lan' }),
    ]);
    expect(rows.some(({ follows }) => follows)).toBe(false);
  });

  it('have the day above the first one of it', () => {
    const rows = rowsOf([message(-1440), message(0), message(1)]);
    expect(rows.map(({ startsDay }) => startsDay)).toEqual([true, true, false]);
  });
});
