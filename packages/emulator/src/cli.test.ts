import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseCommand } from './cli-arguments.ts';
import { createScene, secrets } from './testing/scene.ts';

const webhook = 'http://localhost:3000/webhook';

describe('the command line', () => {
  it('starts with development defaults and names them', () => {
    expect(parseCommand(['--webhook', webhook], { VERIFY_TOKEN: 'mine' })).toMatchObject({
      kind: 'start',
      options: { webhookUrl: webhook, port: 4000, verifyToken: 'mine' },
      defaulted: ['APP_SECRET', 'PAGE_ACCESS_TOKEN'],
    });
  });

  it('signs with the first of several secrets', () => {
    const command = parseCommand(['--webhook', webhook], { APP_SECRET: 'new, old' });
    expect(command).toMatchObject({ options: { appSecret: 'new' } });
  });

  it.each([
    [[], /--webhook is missing/],
    [['--webhook', webhook, '--port', '4e3'], /--port must be a number .* got "4e3"/],
    [['--webhok', webhook], /--webhok/],
    [['--webhook', webhook, 'more'], /more/],
  ])('refuses %j with one line', (args, reason) => {
    const command = parseCommand(args, {});
    expect(command).toMatchObject({ kind: 'wrong', reason: expect.stringMatching(reason) });
    expect(JSON.stringify(command)).not.toContain(String.raw`\n`);
  });
});

describe('the command', () => {
  interface Run {
    child: ChildProcess;
    output: () => string;
    ended: Promise<unknown[]>;
  }

  function run(...args: string[]): Run {
    const child = fork(fileURLToPath(new URL('cli.ts', import.meta.url)), args, {
      execArgv: ['--conditions=@bot/source', '--no-warnings'],
      env: {
        PATH: process.env['PATH'],
        APP_SECRET: secrets.appSecret,
        VERIFY_TOKEN: secrets.verifyToken,
      },
      silent: true,
    });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    onTestFinished(() => void child.kill('SIGKILL'));
    // Not 'close': it does not come after the parent has disconnected.
    const ended = Promise.all([
      once(child, 'exit'),
      ...[child.stdout, child.stderr].map((stream) => stream && once(stream, 'end')),
    ]).then(([exit]) => exit);
    return { child, output: () => output, ended };
  }

  it.each(['disconnect', 'SIGTERM', 'SIGINT'] as const)(
    'listens, shakes hands, and ends cleanly on %s',
    async (how) => {
      const scene = await createScene();
      const { child, output, ended } = run('--webhook', scene.webhook.url, '--port', '0');
      const [ready] = (await once(child, 'message')) as [{ ready: boolean; url: string }];
      expect(ready.ready).toBe(true);
      expect((await fetch(ready.url)).status).toBe(200);
      while (!output().includes('handshake')) await once(child.stdout ?? child, 'data');
      if (how === 'disconnect') child.disconnect();
      else child.kill(how);
      expect(await ended).toEqual([0, null]);
      expect(output()).toContain(`Chat page and Graph API: ${ready.url}`);
      expect(output()).toContain('The webhook answered the handshake.');
      expect(output()).toContain('development default holds: PAGE_ACCESS_TOKEN');
      expect(output()).not.toContain(secrets.appSecret);
    },
  );

  it('ends with 1 and one line when its port is taken', async () => {
    const { emulator } = await createScene();
    const { output, ended } = run('--webhook', webhook, '--port', new URL(emulator.url).port);
    expect(await ended).toEqual([1, null]);
    expect(output()).toMatch(
      /emulator: Port \d+ of 127\.0\.0\.1 is taken: choose another one.*\n$/,
    );
  });

  it.each([
    [['--help'], 0, /^Usage: emulator --webhook/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--nonsense'], 2, /^emulator: .*--nonsense.*\n$/],
    [['--webhook', 'nonsense'], 2, /emulator: webhookUrl must be an http or https address/],
  ])('%j ends with %i', async (args, code, text) => {
    const { output, ended } = run(...args);
    expect(await ended).toEqual([code, null]);
    expect(output()).toMatch(text);
  });
});
