import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort, startStack, type Stack } from '@bot/dev';
import { afterAll, beforeAll, expect, it } from 'vitest';

const command = join(import.meta.dirname, '..', '..', 'packages', 'emulator', 'dist', 'cli.js');
let stack: Stack;
let graphPort: number;

beforeAll(async () => {
  graphPort = await freePort();
  stack = await startStack({
    logLevel: 'error',
    emulator: false,
    environment: { ...process.env, GRAPH_API_URL: `http://127.0.0.1:${graphPort}` },
  });
});

afterAll(() => stack.close());

function load(...args: string[]): Promise<[number | null, string]> {
  const { appSecret, pageAccessToken, verifyToken } = stack.credentials;
  const child = spawn(
    process.execPath,
    [command, 'load', '--webhook', stack.webhookUrl, '--port', String(graphPort), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        APP_SECRET: appSecret,
        PAGE_ACCESS_TOKEN: pageAccessToken,
        VERIFY_TOKEN: verifyToken,
      },
    },
  );
  const output = child.stdout === null ? Promise.resolve('') : text(child.stdout);
  return Promise.all([once(child, 'exit').then(([code]) => code as number | null), output]);
}

it('a load, its deliveries doubled and tried again, is answered once each and in order', async () => {
  const numbers = ['--people', '100', '--rate', '150', '--for', '4s', '--batch', '20'];
  const faults = [
    '{"kind":"duplicate","rate":0.05}',
    '{"kind":"answer-lost","rate":0.05}',
    '{"kind":"server-error","rate":0.02,"api":"messages"}',
  ].flatMap((fault) => ['--fault', fault]);
  const [code, output] = await load(...numbers, '--require-proof', ...faults);
  expect(output).toContain('100 people write 150 messages a second for 4 s.');
  expect(output).toMatch(
    /sent 600: answered 600, late \d+, lost 0, doubled 0, out of order 0\ndeliveries \d+ in /,
  );
  expect(output).not.toContain('not taken 0\n');
  expect(code).toBe(0);
});
