import { describe, expect, it } from 'vitest';
import { codeOf, isDeletion, toQueueEvent, type Deletion } from './deletion.ts';

const code = '0123456789abcdef0123456789abcdef';
const deletion: Deletion = { type: 'data-deletion', userId: '218471', code };

describe('a wish to be forgotten', () => {
  it('is known from the events of conversations', () => {
    expect(isDeletion(deletion)).toBe(true);
    expect(isDeletion(JSON.parse(JSON.stringify({ ...deletion, again: ['1:2'] })))).toBe(true);
  });

  it.each([
    undefined,
    null,
    'data-deletion',
    [],
    {},
    { type: 'text', userId: '1', code },
    { type: 'deletion', userId: '1', code },
    { ...deletion, userId: 218_471 },
    { ...deletion, userId: '' },
    { ...deletion, userId: '*' },
    { ...deletion, userId: '1:2' },
    { ...deletion, userId: '__proto__' },
    { ...deletion, userId: '1'.repeat(33) },
    { ...deletion, again: true },
    { ...deletion, again: [7] },
    { ...deletion, code: undefined },
    { ...deletion, code: `${code}0` },
    { ...deletion, code: code.toUpperCase() },
    { ...deletion, code: `${code}\n` },
  ])('is not %j', (data) => {
    expect(isDeletion(data)).toBe(false);
  });

  it('has a lane and ids of its own, and so has each of its second times', () => {
    expect(toQueueEvent(deletion, 7)).toEqual({
      id: `deletion:${code}`,
      lane: `deletion:${code}`,
      timestamp: 7,
      data: deletion,
    });
    expect(toQueueEvent({ ...deletion, again: ['1:2'] }, 7, 2)).toMatchObject({
      id: `deletion:${code}:again-2`,
      lane: `deletion:${code}:again-2`,
    });
  });

  it('has the code of its signed request, which says nothing of it', () => {
    expect(codeOf('a.218471')).toMatch(/^[0-9a-f]{32}$/);
    expect(codeOf('a.218471')).toBe(codeOf('a.218471'));
    expect(codeOf('a.218471')).not.toBe(codeOf('b.218471'));
  });
});
