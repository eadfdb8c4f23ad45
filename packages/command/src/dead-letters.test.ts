import { beforeEach, describe, expect, it } from 'vitest';
import { LANE, NOON, useBench, type Bench } from './bench.test-setup.ts';

const setUp = useBench();
let bench: Bench;

beforeEach(() => {
  bench = setUp();
});

describe('bot dead-letters list', () => {
  it('shows the newest first, and why each was given up on', async () => {
    await bench.bury(['m_1']);
    await bench.bury(['m_2']);
    const { code, out, err } = await bench.bot('dead-letters', 'list');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'GIVEN UP              LANE   TYPE  TRIES  WHY                             ID',
      expect.stringMatching(/^2026-09-01 12:00:0\dZ {2}10:20 {2}text {2}1 .* m_2$/),
      expect.stringMatching(/RangeError: the handler failed {2}m_1$/),
      '',
    ]);
  });

  it('is cut to the terminal, whole ids apart', async () => {
    await bench.bury(['m_1']);
    bench.columns = 60;
    const { out } = await bench.bot('dead-letters', 'list');
    expect(out).toContain('2026-09-01 12:00:00Z  10:20  text  1      RangeError: …  m_1\n');
  });

  it('prints one line of JSON, without what people wrote', async () => {
    await bench.bury(['m_1']);
    const { out } = await bench.bot('dead-letters', 'list', '--json');
    expect(out.split('\n')).toHaveLength(2);
    expect(JSON.parse(out)).toEqual({
      total: 1,
      deadLetters: [
        {
          id: 'm_1',
          lane: LANE,
          type: 'text',
          timestamp: NOON,
          at: expect.any(Number),
          attempts: 1,
          reason: 'RangeError: the handler failed',
        },
      ],
    });
  });

  it('shows as many as asked for, and says that there are more', async () => {
    await bench.bury(['m_1', 'm_2', 'm_3']);
    const { out } = await bench.bot('dead-letters', 'list', '--limit', '2');
    expect(out).toContain('There are more: --limit shows them.\n');
    expect(out.split('\n')).toHaveLength(5);
    const all = await bench.bot('dead-letters', 'list', '--limit', '3');
    expect(all.out).not.toContain('There are more');
  });

  it('goes on past those of one moment, however many', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `m_${index}`);
    await bench.bury(ids);
    await bench.bury(['other'], '10:200');
    await bench.bury(['newest'], '100:20');
    const { out } = await bench.bot('dead-letters', 'list', '--limit', '1000', '--json');
    const listed = (JSON.parse(out) as { deadLetters: { id: string }[] }).deadLetters;
    expect(listed.map(({ id }) => id).toSorted()).toEqual([...ids, 'other', 'newest'].toSorted());
    const ofPage = await bench.bot('dead-letters', 'list', '--page', '100', '--json');
    expect(JSON.parse(ofPage.out)).toMatchObject({ deadLetters: [{ id: 'newest' }] });
  });

  it('is well when there are none', async () => {
    const nothing = { code: 0, out: 'There are no dead letters here.\n', err: '' };
    expect(await bench.bot('dead-letters', 'list')).toEqual(nothing);
  });
});

describe('bot dead-letters show', () => {
  it('shows attempts and steps, and what the person did only when asked', async () => {
    await bench.bury(['m_1']);
    const { code, out } = await bench.bot('dead-letters', 'show', 'm_1');
    expect(code).toBe(0);
    expect(out).toContain('Event:     m_1\nLane:      10:20\nType:      text\n');
    expect(out).toContain('TRY  WHY\n1    RangeError: the handler failed\n');
    expect(out).toContain('--words shows it');
    expect(out).not.toContain('lời của');
    const words = await bench.bot('dead-letters', 'show', 'm_1', '--words');
    expect(words.out).toContain('"text": "lời của m_1"');
  });

  it('prints JSON with the data only when asked', async () => {
    await bench.bury(['m_1']);
    const { out } = await bench.bot('dead-letters', 'show', 'm_1', '--json');
    expect(JSON.parse(out)).toEqual({
      id: 'm_1',
      lane: LANE,
      type: 'text',
      timestamp: NOON,
      at: expect.any(Number),
      failures: [{ attempt: 1, name: 'RangeError', message: 'the handler failed' }],
      steps: {},
    });
    const words = await bench.bot('dead-letters', 'show', 'm_1', '--words', '--json');
    expect(JSON.parse(words.out)).toMatchObject({ data: { text: 'lời của m_1' } });
  });

  it('says what to do when there is none of this id', async () => {
    const { code, out, err } = await bench.bot('dead-letters', 'show', 'm_1', '--json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^bot: There is no dead letter m_1: .*`bot dead-letters list` shows .*\n$/);
  });
});
