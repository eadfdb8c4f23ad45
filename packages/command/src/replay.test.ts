import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useBench, type Bench } from './bench.test-setup.ts';

const setUp = useBench();
let bench: Bench;

beforeEach(() => {
  bench = setUp();
});

async function held(): Promise<{ dead: number; waiting: number }> {
  const { deadLetters: dead, waitingEvents: waiting } = await bench.queue.figures();
  return { dead, waiting };
}

/** Does something before each replay from the given one on. */
function before(nth: number, act: () => void): void {
  const { deadLetters } = bench.queue;
  const replay = deadLetters.replay.bind(deadLetters);
  let calls = 0;
  vi.spyOn(deadLetters, 'replay').mockImplementation(async (id) => {
    calls += 1;
    if (calls >= nth) act();
    return replay(id);
  });
}

describe('bot dead-letters replay', () => {
  it('puts those named back into their lanes, each once', async () => {
    await bench.bury(['m_1', 'm_2', 'm_3']);
    const ran = await bench.bot('dead-letters', 'replay', 'm_1', 'm_3', 'm_1');
    expect(ran).toEqual({ code: 0, out: '2 dead letters replayed.\n', err: '' });
    expect(await held()).toEqual({ dead: 1, waiting: 2 });
  });

  it('names those that are not there', async () => {
    await bench.bury(['m_1']);
    const { code, out } = await bench.bot('dead-letters', 'replay', 'm_1', 'm_9', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ replayed: ['m_1'], missing: ['m_9'], left: 0 });
  });

  it('takes all of them, or all of a Page, the oldest first', async () => {
    await bench.bury(['m_1', 'm_2']);
    await bench.bury(['m_3'], '10:21');
    await bench.bury(['m_4'], '100:20');
    const page = await bench.bot('dead-letters', 'replay', '--page', '10', '--json');
    const { replayed } = JSON.parse(page.out) as { replayed: string[] };
    expect(replayed.toSorted()).toEqual(['m_1', 'm_2', 'm_3']);
    expect(replayed.at(-1)).toBe('m_3');
    expect(await held()).toEqual({ dead: 1, waiting: 3 });
    expect((await bench.bot('dead-letters', 'replay', '--all')).code).toBe(0);
    expect(await held()).toEqual({ dead: 0, waiting: 4 });
  });

  it('shows how far it is where somebody watches', async () => {
    await bench.bury(['m_1', 'm_2']);
    bench.isWatched = true;
    const { err } = await bench.bot('dead-letters', 'replay', '--all');
    expect(err.replaceAll('\r', '\n')).toMatch(
      /^\n\[\.{20}\] 0% of 2 dead letters replayed\n\[#{10}\.{10}\] 50% .*\n\[#{20}\] 100% .*\n +\n$/,
    );
    await bench.bury(['m_3', 'm_4']);
    expect((await bench.bot('dead-letters', 'replay', '--all', '--json')).err).toBe('');
  });

  it('says how far it came when it is stopped', async () => {
    await bench.bury(['m_1', 'm_2', 'm_3']);
    before(2, () => bench.stop.abort());
    const { code, out, err } = await bench.bot('dead-letters', 'replay', '--all');
    expect([code, out]).toEqual([1, '2 dead letters replayed.\n']);
    expect(err).toBe(
      'bot: Stopped: 2 of 3 dead letters were replayed; the rest is as it was. The same command again goes on.\n',
    );
    expect(await held()).toEqual({ dead: 1, waiting: 2 });
  });

  it('does not say that nothing was changed when it is stopped and Redis goes away after that', async () => {
    await bench.bury(['m_1', 'm_2']);
    before(1, () => bench.stop.abort());
    bench.closeError = new Error('Redis did not answer.');
    const { code, out, err } = await bench.bot('dead-letters', 'replay', '--all');
    expect([code, out]).toEqual([1, '1 dead letter replayed.\n']);
    expect(err).toContain('bot: Stopped: 1 of 2 dead letters were replayed;');
    expect(err).toMatch(/\nbot: Redis did not answer\.\n$/);
  });

  it('says that nothing was changed when it is stopped before the first', async () => {
    await bench.bury(['m_1']);
    bench.stop.abort();
    const { code, err } = await bench.bot('dead-letters', 'replay', '--all');
    expect([code, err]).toEqual([1, 'bot: Stopped; nothing was changed.\n']);
    expect(await held()).toEqual({ dead: 1, waiting: 0 });
  });

  it('says how far it came when Redis goes away', async () => {
    await bench.bury(['m_1', 'm_2', 'm_3']);
    before(2, () => {
      throw new Error('Redis did not answer.');
    });
    const { code, out, err } = await bench.bot('dead-letters', 'replay', '--all', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ left: 2 });
    expect(err).toContain(
      'bot: Failed (Redis did not answer.): 1 of 3 dead letters were replayed, perhaps one more; the rest',
    );
  });
});

describe('bot dead-letters drop', () => {
  it('forgets those named when told not to ask', async () => {
    await bench.bury(['m_1', 'm_2']);
    const { code, out } = await bench.bot('dead-letters', 'drop', 'm_1', '--yes');
    expect([code, out]).toEqual([0, '1 dead letter dropped.\n']);
    expect(await held()).toEqual({ dead: 1, waiting: 0 });
  });

  it.each(['y', 'YES'])('asks a person, and takes %s', async (typed) => {
    await bench.bury(['m_1']);
    bench.typed = typed;
    const { code, err } = await bench.bot('dead-letters', 'drop', 'm_1');
    expect(code).toBe(0);
    expect(err).toBe('Drop 1 dead letter for good? [y/N] ');
  });

  it.each(['', 'n', 'yesterday'])('drops nothing at %j', async (typed) => {
    await bench.bury(['m_1']);
    bench.typed = typed;
    const { code, err } = await bench.bot('dead-letters', 'drop', 'm_1');
    expect(code).toBe(1);
    expect(err).toContain('bot: Nothing was dropped.\n');
    expect(await held()).toEqual({ dead: 1, waiting: 0 });
  });
});
