import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const least = { PAGE_ACCESS_TOKEN: 'EAAB', APP_SECRET: '0123456789abcdef0123456789abcdef' };

describe('the configuration', () => {
  it('needs two variables and has defaults for the rest', () => {
    expect(readConfig(least)).toEqual({
      redisUrl: 'redis://localhost:6379',
      queue: { shards: 1, replicas: 0 },
      port: 3001,
      host: '0.0.0.0',
      logLevel: 'info',
      tracing: {},
      pages: { accessToken: 'EAAB' },
      appSecret: least.APP_SECRET,
      graphUrl: 'https://graph.facebook.com',
      graphVersion: 'v26.0',
      concurrency: 800,
      history: { url: undefined, keepMonths: 12 },
    });
  });

  it('takes a file of Pages instead of one token', () => {
    const { PAGE_ACCESS_TOKEN: _, ...rest } = least;
    const { pages } = readConfig({ ...rest, PAGES_FILE: '/run/pages.json' });
    expect(pages).toEqual({ file: '/run/pages.json' });
  });

  it('signs with the first of several secrets', () => {
    expect(readConfig({ ...least, APP_SECRET: 'new-secret,old-secret' }).appSecret).toBe(
      'new-secret',
    );
  });

  it.each([
    'rediss://user:p%40ss@redis.example:6380/2',
    'redis://node-1:7000,node-2:7000',
    'redis+sentinel://user:secret@one,two:26379/mymaster',
  ])('takes a Redis at %s', (url) => {
    expect(readConfig({ ...least, REDIS_URL: url }).redisUrl).toBe(url);
  });

  it.each([
    ['http://localhost', /^REDIS_URL must be an address such as redis:/],
    ['redis+sentinel://:s3cr@one,two', /^REDIS_URL must end in the name of the primary/],
  ])('says what is wrong with %s, without its password', (url, message) => {
    const read = (): unknown => readConfig({ ...least, REDIS_URL: url });
    expect(read).toThrow(message);
    expect(read).toThrow(/^(?!.*s3cr)/);
  });

  it.each([
    [{ PAGE_ACCESS_TOKEN: undefined }, /^PAGE_ACCESS_TOKEN is missing\. .*Generate access tokens/],
    [{ PAGE_ACCESS_TOKEN: 'a b' }, /^PAGE_ACCESS_TOKEN must be/],
    [{ PAGES_FILE: '/pages.json' }, /^PAGES_FILE must not be set beside PAGE_ACCESS_TOKEN/],
    [{ APP_SECRET: undefined }, /^APP_SECRET is missing/],
    [{ GRAPH_API_URL: 'ftp://x' }, /^GRAPH_API_URL must be/],
    [{ GRAPH_API_VERSION: '26' }, /^GRAPH_API_VERSION must be/],
    [{ BOARD_PASSWORD: 'short' }, /^BOARD_PASSWORD must have at least 12 characters\.$/],
    [{ DATABASE_URL: 'mysql://a:s3cr@b' }, /^DATABASE_URL must be postgres:.*(?<!s3cr.*)$/],
    [{ HISTORY_KEEP_MONTHS: '0' }, /^HISTORY_KEEP_MONTHS must be/],
    [{ WORKER_CONCURRENCY: '0' }, /^WORKER_CONCURRENCY must be/],
    [{ WORKER_CONCURRENCY: 'many' }, /^WORKER_CONCURRENCY must be/],
  ])('names what is wrong in one line: %j', (change, message) => {
    expect(() => readConfig({ ...least, ...change })).toThrow(message);
  });
});
