import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createEmulator, type Emulator, type MessengerProfile } from '@bot/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';

const command = join(import.meta.dirname, '..', '..', 'apps', 'worker', 'dist', 'profile.js');
let emulator: Emulator;

beforeAll(async () => {
  emulator = await createEmulator({
    webhookUrl: 'http://127.0.0.1:9/webhook',
    appSecret: 'profile-app-secret',
    verifyToken: 'profile-verify-token',
    pages: [{ id: '100000000000001', accessToken: 'profile-page-token' }],
    requireProof: true,
  });
});

afterAll(() => emulator.close());

const profileOf = ({ state }: Emulator): MessengerProfile =>
  state.pages['100000000000001']?.profile ?? {};

function run(args: readonly string[], token = 'profile-page-token'): Promise<[number, string]> {
  const env = {
    PATH: process.env['PATH'],
    GRAPH_API_URL: emulator.url,
    APP_SECRET: 'profile-app-secret',
    PAGE_ACCESS_TOKEN: token,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], { env }, (_error, out, err) => {
      resolve([child.exitCode ?? -1, `${out}${err}`]);
    });
  });
}

it('shows what would change, changes it when told to, and finds nothing to change then', async () => {
  const [, shown] = await run([]);
  expect(shown).toContain('getStarted: add\n  + payload: "GET_STARTED"\n');
  expect(shown).toContain('  + [0].callToActions[0].title: "Trợ giúp"\n');
  expect(shown).toContain('Nothing was changed: add --apply.');
  expect(profileOf(emulator)).toEqual({});

  expect((await run(['--apply']))[0]).toBe(0);
  expect(profileOf(emulator).get_started).toEqual({ payload: 'GET_STARTED' });
  expect(profileOf(emulator).persistent_menu).toHaveLength(2);

  expect(await run(['--apply'])).toEqual([
    0,
    'The Page shows what it should: nothing to change.\n',
  ]);
});

it('says in one line what is wrong', async () => {
  const [code, said] = await run([], 'a-token-of-before');
  expect(code).toBe(1);
  expect(said).toMatch(/^profile: .*190.*\n$/);
  expect(said).not.toContain('a-token-of-before');
  expect((await run(['--aply']))[0]).toBe(1);
});
