import { describe, expect, it } from 'vitest';
import { useBench } from './bench.test-setup.ts';

const setUp = useBench();

describe('the command', () => {
  it.each([
    [[], 'Name a command.'],
    [['dead-letters'], 'Name a command.'],
    [['statu'], "Unknown command 'statu'. (Did you mean status?)"],
    [['status', '--jsn'], "Unknown option '--jsn'. (Did you mean --json?)"],
    [['status', 'now'], "Too many arguments for 'status'. Expected 0 arguments but got 1: now."],
    [['lanes', 'show'], "Missing required argument 'id'."],
    [['dead-letters', 'replay'], 'Name ids, or --all, or --page with its id.'],
    [['dead-letters', 'replay', 'a', '--all'], 'Name ids, or --all, or --page with its id.'],
    [['dead-letters', 'drop', 'a'], 'Drop needs --yes where nobody can be asked.'],
    [
      ['dead-letters', 'list', '--limit', '0'],
      "Option '--limit <number>' argument '0' is invalid. It must be a whole number of at least 1.",
    ],
  ])('says in one line what is wrong with %j, and opens nothing', async (args, reason) => {
    const bench = setUp();
    bench.configError = new Error('opened');
    const err = `bot: ${reason} (bot --help shows the usage)\n`;
    expect(await bench.bot(...args)).toEqual({ code: 2, out: '', err });
  });

  it('says in one line which variable is wrong', async () => {
    const bench = setUp();
    bench.configError = new Error('APP_SECRET is missing.');
    expect(await bench.bot('status')).toEqual({
      code: 2,
      out: '',
      err: 'bot: APP_SECRET is missing.\n',
    });
  });

  it.each([
    [['--help'], /^Usage: bot /],
    [['dead-letters', 'replay', '--help'], /Examples:\n {2}bot dead-letters replay m_abc m_def\n/],
    [['help', 'menu'], /apply/],
  ])('helps with %j, which needs no configuration', async (args, help) => {
    const bench = setUp();
    bench.configError = new Error('opened');
    const { code, out, err } = await bench.bot(...args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(help);
  });

  it.each([
    ['status'],
    ['dead-letters', 'list'],
    ['dead-letters', 'replay', 'a'],
    ['lanes', 'show', '10:20'],
  ])('says in one line that Redis is away: %s %s %s', async (...args) => {
    const bench = setUp();
    bench.redisError = new Error('connect ECONNREFUSED 127.0.0.1:6379');
    expect(await bench.bot(...args)).toEqual({
      code: 1,
      out: '',
      err: 'bot: Redis cannot be reached (connect ECONNREFUSED 127.0.0.1:6379): start it, or set REDIS_URL as the worker has it.\n',
    });
    expect(bench.open()).toBe(0);
  });

  it('asks no Redis about Pages and menus', async () => {
    const bench = setUp();
    bench.redisError = new Error('asked');
    expect((await bench.bot('menu', 'diff')).code).toBe(0);
    expect((await bench.bot('pages', 'check')).code).toBe(0);
  });

  it('lets go of everything', async () => {
    const bench = setUp();
    await bench.bot('status');
    expect(bench.open()).toBe(0);
  });
});
