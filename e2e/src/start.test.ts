import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { runCommand, startRedis, type CommandResult } from '@bot/dev';
import { afterEach, describe, expect, it } from 'vitest';
import { descendants, startCommand, untilGone, type Started } from './started.ts';

const started: Started[] = [];

afterEach(async () => {
  for (const { process: child, ended } of started.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
});

/** Empty ones stand above those of a `.env` that may be here. */
const variables = {
  WEBHOOK_PORT: '13100',
  WORKER_PORT: '13101',
  CHAT_PORT: '13102',
  PAGE_ACCESS_TOKEN: '',
  APP_SECRET: '',
  VERIFY_TOKEN: '',
};

function start(more: Record<string, string>): Started {
  const one = startCommand({ ...variables, ...more });
  started.push(one);
  return one;
}

/** What a shell may have of another bot: nothing of it is there. */
const inherited = {
  REDIS_URL: 'redis://none',
  REDIS_URL_FILE: '/nowhere',
  PAGES_FILE: '/nowhere',
  PAGE_ACCESS_TOKEN_FILE: '/nowhere',
  APP_SECRET_FILE: '/nowhere',
  VERIFY_TOKEN_FILE: '/nowhere',
  GRAPH_API_URL_FILE: '/nowhere',
  LOG_LEVEL_FILE: '/nowhere',
  PORT_FILE: '/nowhere',
  HOST_FILE: '/nowhere',
};

/** Runs the operators' command as a developer does, whatever the shell knows. */
const bot = (args: readonly string[]): Promise<CommandResult> =>
  runCommand(['npm', 'run', '--silent', 'bot', '--', ...args], {
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...inherited },
  });

describe('npm start', () => {
  it('prints the address of the chat page as its last line, and the page answers', async () => {
    const { prints, output } = start({});
    await prints('Chat page: ');
    expect(output().trimEnd().split('\n').at(-1)).toBe('Chat page: http://127.0.0.1:13102');
    expect((await fetch('http://127.0.0.1:13102')).status).toBe(200);
  });

  it('prints how to look at the figures of what was said', async () => {
    const { prints, output } = start({});
    await prints('Chat page: ');
    const [, url = '', password] =
      /Insights: (\S+) \(user bot, password (\S+)\)/.exec(output()) ?? [];
    const authorization = `Basic ${Buffer.from(`bot:${password}`).toString('base64')}`;
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(url, { headers })).status;
    await expect.poll(() => status({ authorization }), { timeout: 20_000 }).toBe(200);
    expect(await status({})).toBe(401);
  });

  it('lets the operators look into it for as long as it runs, in a shell of another bot', async () => {
    const { process: npm, prints, ended } = start(inherited);
    await prints('Chat page: ');
    const well = { code: 0, output: expect.stringContaining('Nothing needs a person.') };
    expect(await bot(['status'])).toEqual(well);
    npm.kill('SIGTERM');
    await ended;
    const away = '`npm start` does not run here';
    expect(await bot(['status'])).toEqual({ code: 2, output: expect.stringContaining(away) });
  });

  it.each([
    ['Ctrl-C', 'group', 'SIGINT'],
    ['a SIGTERM to npm', 'npm', 'SIGTERM'],
    ['a SIGKILL of npm', 'npm', 'SIGKILL'],
    ['a SIGKILL of what npm started', 'launcher', 'SIGKILL'],
  ] as const)('leaves no process behind after %s', async (_name, whom, signal) => {
    const { process: npm, prints } = start({});
    await prints('Chat page: ');
    const pid = npm.pid ?? 0;
    const all = descendants(pid);
    // Launcher, start, watchdog, Redis, webhook, worker.
    expect(all.length).toBeGreaterThanOrEqual(6);
    process.kill({ group: -pid, npm: pid, launcher: all[0] ?? 0 }[whom], signal);
    await untilGone(all, 15_000);
  });

  it('runs against Meta with the secrets of a Page, and says so', async () => {
    const redis = await startRedis();
    const {
      prints,
      output,
      process: npm,
      ended,
    } = start({
      REDIS_URL: redis.url,
      PAGE_ACCESS_TOKEN: 'EAAB',
      APP_SECRET: '0123456789abcdef0123456789abcdef',
      VERIFY_TOKEN: 'word',
    });
    await prints('Webhook: http://127.0.0.1:13100/webhook');
    expect(output()).toContain('Running against Meta with your Page, without the local Messenger.');
    const handshake =
      'http://127.0.0.1:13100/webhook?hub.mode=subscribe&hub.verify_token=word&hub.challenge=42';
    expect(await (await fetch(handshake)).text()).toBe('42');
    await expect(fetch('http://127.0.0.1:13102')).rejects.toThrow('fetch failed');
    npm.kill('SIGTERM');
    await ended;
    await redis.close();
  });

  it('names the secrets that are missing when only some are there', async () => {
    const { ended, output } = start({ APP_SECRET: '0123456789abcdef' });
    expect(await ended).toBe(1);
    expect(lastLine(output())).toMatch(/^PAGE_ACCESS_TOKEN and VERIFY_TOKEN are missing: /);
  });

  it('names a port that is taken, and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { ended, output } = start({ CHAT_PORT: String(port) });
    expect(await ended).toBe(1);
    expect(lastLine(output())).toBe(
      `Port ${port} cannot be used (EADDRINUSE): end what listens there, or set CHAT_PORT to another one.`,
    );
    other.close();
  });

  it('names a variable that is wrong', async () => {
    const { ended, output } = start({ WEBHOOK_PORT: 'three' });
    expect(await ended).toBe(1);
    expect(lastLine(output())).toBe('WEBHOOK_PORT must be a port from 1 to 65535.');
  });
});

/** What npm itself says aside. */
function lastLine(output: string): string | undefined {
  return output
    .trimEnd()
    .split('\n')
    .findLast((line) => !line.startsWith('npm '));
}
