import { describe, expect, it } from 'vitest';
import { settingsOf } from './settings.ts';

const secrets = { PAGE_ACCESS_TOKEN: 'token', APP_SECRET: 'secret', VERIFY_TOKEN: 'word' };

describe('the settings of npm start', () => {
  it('run the local Messenger when no secret is set, an empty one included', () => {
    expect(settingsOf({ APP_SECRET: '', REDIS_URL: 'redis://elsewhere' })).toEqual({
      credentials: undefined,
      ports: { webhook: 3000, worker: 3001, chat: 4000 },
      redisUrl: undefined,
      databaseUrl: 'memory:',
      logLevel: 'warn',
    });
  });

  it('run against Meta when all three are set, on the Redis that is named', () => {
    const more = {
      REDIS_URL: 'redis://elsewhere',
      DATABASE_URL: 'postgres://b',
      LOG_LEVEL: 'info',
    };
    expect(settingsOf({ ...secrets, ...more })).toEqual({
      credentials: { pageAccessToken: 'token', appSecret: 'secret', verifyToken: 'word' },
      ports: { webhook: 3000, worker: 3001, chat: 4000 },
      redisUrl: 'redis://elsewhere',
      databaseUrl: 'postgres://b',
      logLevel: 'info',
    });
  });

  it('keep what is said in a folder of the repository, when no database is named', () => {
    expect(settingsOf(secrets).databaseUrl).toMatch(/^file:.*\.local.history$/);
  });

  it.each([
    ['PAGE_ACCESS_TOKEN', 'PAGE_ACCESS_TOKEN is missing'],
    ['APP_SECRET', 'APP_SECRET is missing'],
    ['VERIFY_TOKEN', 'VERIFY_TOKEN is missing'],
  ])('name %s when it alone is missing', (name, start) => {
    expect(() => settingsOf({ ...secrets, [name]: '' })).toThrow(start);
  });

  it.each(['0', '65536', '3000.5', 'cổng'])('refuse %s as a port', (value) => {
    expect(() => settingsOf({ CHAT_PORT: value })).toThrow('CHAT_PORT must be a port');
  });
});
