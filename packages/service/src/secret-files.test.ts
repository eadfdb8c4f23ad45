import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { readSettings, type Environment } from './settings.ts';

const own = { APP_SECRET: z.string('is missing.').min(8, 'must be longer.') };
const read = (environment: Environment): string =>
  readSettings(environment, { port: 3_000, own }).own.APP_SECRET;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  path = join(folder, 'app-secret');
});

afterEach(() => rm(folder, { recursive: true }));

describe('a variable from a file', () => {
  it.each(['bí-mật-1234', 'bí-mật-1234\n', 'bí-mật-1234\r\n'])('is taken: %j', async (text) => {
    await writeFile(path, text);
    expect(read({ APP_SECRET_FILE: path })).toBe('bí-mật-1234');
    expect(read({ APP_SECRET_FILE: path, APP_SECRET: '' })).toBe('bí-mật-1234');
  });

  it('may be any, of every service', async () => {
    await writeFile(path, 'redis://redis.example:6379\n');
    const { settings } = readSettings({ REDIS_URL_FILE: path }, { port: 3_000, own: {} });
    expect(settings.redisUrl).toBe('redis://redis.example:6379');
  });

  it('is refused beside the variable itself, when it cannot be read, and when it is wrong', async () => {
    await writeFile(path, 'short');
    const refused = (environment: Environment): void => void read(environment);
    expect(() => refused({ APP_SECRET_FILE: path, APP_SECRET: 'bí-mật-1234' })).toThrow(
      /^APP_SECRET_FILE must not be set beside APP_SECRET/,
    );
    const gone = join(folder, 'gone');
    expect(() => refused({ APP_SECRET_FILE: gone })).toThrow(
      `APP_SECRET_FILE names ${gone}, which cannot be read (ENOENT).`,
    );
    expect(() => refused({ APP_SECRET_FILE: path })).toThrow(/^APP_SECRET must be longer\.$/);
    expect(() => refused({ APP_SECRET_FILE: gone })).toThrow(ConfigError);
  });
});
