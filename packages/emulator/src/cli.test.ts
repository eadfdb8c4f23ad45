import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Command, parseCommand } from './cli-arguments.ts';
import { createScene, secrets, thuHa } from './testing/scene.ts';

const webhook = 'http://localhost:3000/webhook';

function parse(args: string[], environment: Record<string, string> = {}): Command {
  const readFile = (path: string): string => {
    if (path === 'pages.json') return '[{"id":"1","accessToken":"a"},{"id":"2","accessToken":"b"}]';
    if (path === 'broken.json') return '[{"accessToken":"geheim"';
    throw new Error(`ENOENT: ${path}`);
  };
  return parseCommand(args, { environment, readFile });
}

function load(...more: string[]): string[] {
  const usual = ['--people', '50', '--rate', '100', '--for', '2s'];
  return ['load', '--webhook', webhook, ...usual, ...more];
}

describe('the command line', () => {
  it('starts with development defaults and names them', () => {
    expect(parse(['--webhook', webhook], { VERIFY_TOKEN: 'mine' })).toMatchObject({
      kind: 'start',
      options: { webhookUrl: webhook, port: 4000, verifyToken: 'mine' },
      defaulted: ['APP_SECRET', 'PAGE_ACCESS_TOKEN'],
    });
  });

  it('takes Pages from a file, and the numbers of every option', () => {
    const numbers = ['--batch', '50', '--speed', '60', '--latency', '5', '--seed', '7'];
    const flags = ['--require-proof', '--enforce-rates'];
    const args = ['--webhook', webhook, '--pages', 'pages.json', ...numbers, ...flags];
    expect(parse(args)).toMatchObject({
      options: {
        pages: [{ id: '1' }, { id: '2' }],
        eventsPerDelivery: 50,
        speed: 60,
        latencyMs: 5,
        seed: 7,
        requireProof: true,
        enforceRates: true,
      },
    });
  });

  it('takes a load, with faults', () => {
    expect(parse(load('--fault', '{"kind":"duplicate","rate":0.5}'))).toMatchObject({
      kind: 'load',
      load: {
        people: 50,
        rate: 100,
        forMs: 2_000,
        patienceMs: 30_000,
        lateMs: 5_000,
        faults: [{ kind: 'duplicate', rate: 0.5 }],
      },
    });
  });

  it('signs with the first of several secrets', () => {
    const command = parse(['--webhook', webhook], { APP_SECRET: 'new, old' });
    expect(command).toMatchObject({ options: { appSecret: 'new' } });
  });

  it.each([
    [[], /--webhook is missing/],
    [['--webhook', webhook, '--port', '4e3'], /--port must be a number .* got "4e3"/],
    [['--webhok', webhook], /--webhok/],
    [['--webhook', webhook, 'more'], /more/],
    [['--webhook', webhook, '--batch', '1001'], /--batch must be a number from 1 to 1000/],
    [['--webhook', webhook, '--pages', 'none.json'], /--pages none\.json cannot be read: .*ENOENT/],
    [['--webhook', webhook, '--pages', 'broken.json'], /--pages broken\.json .* it is no JSON$/],
    [['load', '--webhook', webhook], /--people is missing/],
    [load('--rate', '0'), /--rate must be a whole number from 1 to 100000, got "0"/],
    [load('--for', '60'), /--for must be a time such as 500ms, 60s or 5m, got "60"/],
    [load('--fault', '{"kind":"nonsense"}'), /--fault .*kind/],
  ])('refuses %j with one line', (args, reason) => {
    const command = parse(args);
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

  it('says that the webhook is away, and that it is there again', async () => {
    const scene = await createScene();
    await scene.emulator.close();
    const { child, output } = run('--webhook', scene.webhook.url, '--port', '0', '--speed', '1000');
    const [ready] = (await once(child, 'message')) as [{ url: string }];
    while (!output().includes('answered the handshake')) await once(child.stdout ?? child, 'data');
    const { port } = new URL(scene.webhook.url);
    await scene.webhook.close();
    await fetch(`${ready.url}/chat/people/${thuHa}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'có ai không?' }),
    });
    while (!output().includes('gives no answer')) await once(child.stdout ?? child, 'data');
    const back = createServer((_request, response) => response.end()).listen(Number(port));
    onTestFinished(() => void back.close());
    while (!output().includes('takes deliveries again')) await once(child.stdout ?? child, 'data');
    expect(output()).toMatch(/gives no answer[^]*takes deliveries again/);
    child.disconnect();
  });

  it('loads a webhook, prints what came of it, and ends with 1 when something was lost', async () => {
    const scene = await createScene();
    const numbers = ['--people', '5', '--rate', '50', '--for', '200ms', '--patience', '100ms'];
    const { output, ended } = run('load', '--webhook', scene.webhook.url, ...numbers);
    expect(await ended).toEqual([1, null]);
    expect(output()).toContain('5 people write 50 messages a second for 0.2 s.');
    expect(output()).toContain('sent 10: answered 0, late 0, lost 10, doubled 0, out of order 0');
    expect(output()).toMatch(/deliveries 10 in .* not taken 0/);
  });

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
