import { expect, it } from 'vitest';
import { LANE, NOON, useBench } from './bench.test-setup.ts';

const setUp = useBench();
const text = (id: string): object => ({ type: 'text', text: `lời của ${id}` });

it('bot lanes show tells what waits in a lane, and what people wrote only when asked', async () => {
  const bench = setUp();
  for (const [index, id] of ['m_1', 'm_2'].entries()) {
    await bench.queue.add({ id, lane: LANE, timestamp: NOON + index * 1_000, data: text(id) });
  }
  const { code, out } = await bench.bot('lanes', 'show', LANE);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'Lane:      10:20',
    'Events:    2',
    'Attempts:  0 at the oldest',
    'State:     it waits for a worker',
    '',
    'HAPPENED              TYPE  ID',
    '2026-09-01 12:00:00Z  text  m_1',
    '2026-09-01 12:00:01Z  text  m_2',
    '',
  ]);
  expect((await bench.bot('lanes', 'show', LANE, '--words')).out).toContain('lời của m_2');

  const json = JSON.parse((await bench.bot('lanes', 'show', LANE, '--json')).out) as object;
  expect(json).toEqual({
    lane: LANE,
    count: 2,
    attempts: 0,
    heldMs: 0,
    dueMs: 0,
    steps: {},
    events: [
      { id: 'm_1', lane: LANE, type: 'text', timestamp: NOON },
      { id: 'm_2', lane: LANE, type: 'text', timestamp: NOON + 1_000 },
    ],
  });
  const words = await bench.bot('lanes', 'show', LANE, '--json', '--words');
  expect(JSON.parse(words.out)).toMatchObject({ events: [{ data: text('m_1') }, {}] });
});

it('bot lanes show tells how many more there are', async () => {
  const bench = setUp();
  const ids = Array.from({ length: 101 }, (_, index) => `m_${index}`);
  await bench.queue.add(ids.map((id) => ({ id, lane: LANE, timestamp: NOON, data: null })));
  expect((await bench.bot('lanes', 'show', LANE)).out).toMatch(/m_99\nand 1 event more\n$/);
});

it('bot lanes show tells that a lane is empty', async () => {
  const ran = await setUp().bot('lanes', 'show', '10:21');
  expect(ran).toEqual({ code: 0, out: 'Lane 10:21 holds nothing.\n', err: '' });
});
