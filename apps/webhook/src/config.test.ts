import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const least = { VERIFY_TOKEN: 'word', APP_SECRET: '0123456789abcdef0123456789abcdef' };

describe('the configuration', () => {
  it('needs two variables and has defaults for the rest', () => {
    expect(readConfig(least)).toEqual({
      redisUrl: 'redis://localhost:6379',
      queue: { shards: 1, replicas: 0 },
      port: 3000,
      host: '0.0.0.0',
      logLevel: 'info',
      tracing: {},
      refuse: { events: 1_000_000, ageMs: 43_200_000 },
      verifyToken: 'word',
      appSecrets: [least.APP_SECRET],
      publicUrl: undefined,
    });
  });

  it('knows how the world reaches the webhook, without a slash at the end', () => {
    const { publicUrl } = readConfig({ ...least, PUBLIC_URL: 'https://bot.example/messenger/' });
    expect(publicUrl).toBe('https://bot.example/messenger');
  });

  it('takes several secrets while one is rotated', () => {
    const { appSecrets } = readConfig({ ...least, APP_SECRET: 'new-secret, old-secret' });
    expect(appSecrets).toEqual(['new-secret', 'old-secret']);
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
    [{ APP_SECRET: undefined }, /^APP_SECRET is missing\. .*App settings > Basic/],
    [{ APP_SECRET: '' }, /^APP_SECRET is missing/],
    [{ APP_SECRET: 'short' }, /^APP_SECRET must be/],
    [{ VERIFY_TOKEN: undefined }, /^VERIFY_TOKEN is missing/],
    [{ PORT: 'eighty' }, /^PORT must be a port/],
    [{ PORT: '70000' }, /^PORT must be a port/],
    [{ REDIS_URL: 'localhost' }, /^REDIS_URL must be an address/],
    [{ PUBLIC_URL: 'bot.example' }, /^PUBLIC_URL must be how the world reaches it, such as https:/],
    [{ PUBLIC_URL: 'https://bot.example/?a=b' }, /^PUBLIC_URL must be/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
  ])('names what is wrong in one line: %j', (change, message) => {
    expect(() => readConfig({ ...least, ...change })).toThrow(message);
  });

  it('never repeats a value', () => {
    expect(() => readConfig({ ...least, APP_SECRET: 's3cr' })).toThrow(/^(?!.*s3cr)/);
  });
});
