import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botVariables, keepBotVariables } from './bot-variables.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bot-variables-'));
  path = join(folder, 'bot.env');
});

afterEach(() => rm(folder, { recursive: true }));

describe('the variables of `npm run bot`', () => {
  it('are kept for this user only until they are taken away', async () => {
    await writeFile(path, 'of before', { mode: 0o644 });
    const remove = await keepBotVariables({ REDIS_URL: 'redis://:a@b' }, path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await remove();
    await remove();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('are read as they were, whatever signs they have, without those that are absent', async () => {
    const variables = { APP_SECRET: `a#'b=$c\\n`, REDIS_URL: 'redis://:p%40"@h', PORT: '' };
    await keepBotVariables({ ...variables, GRAPH_API_URL: undefined }, path);
    expect(parseEnv(await readFile(path, 'utf8'))).toEqual(variables);
  });

  it('are those of the worker, against Meta too', () => {
    const credentials = { appSecret: 's', pageAccessToken: 't', verifyToken: 'v' };
    const stack = { credentials, emulator: undefined, redisUrl: 'redis://r' };
    const variables = botVariables(stack, { GRAPH_API_VERSION: 'v26.0' });
    const there = Object.entries(variables).filter(([, value]) => value !== '');
    expect(Object.fromEntries(there)).toEqual({
      REDIS_URL: 'redis://r',
      APP_SECRET: 's',
      PAGE_ACCESS_TOKEN: 't',
      GRAPH_API_VERSION: 'v26.0',
    });
    // Whatever a shell has of another bot.
    expect(variables).toMatchObject({ PAGES_FILE: '', APP_SECRET_FILE: '', PORT_FILE: '' });
  });
});
