import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { MessengerProfile } from '@bot/emulator';
import { connectRedis, createQueue, createWorker } from '@bot/queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const program = join(import.meta.dirname, '..', '..', 'apps', 'worker', 'dist', 'bot.js');
const pageId = '100000000000001';
const psid = '6174920385517204';
const words = 'một lời không ai được đọc';

let local: LocalStack;
let variables: Record<string, string>;

beforeAll(async () => {
  local = await startLocalStack();
  const { stack, emulator } = local;
  variables = {
    REDIS_URL: stack.redisUrl,
    GRAPH_API_URL: emulator.url,
    APP_SECRET: stack.credentials.appSecret,
    PAGE_ACCESS_TOKEN: stack.credentials.pageAccessToken,
  };
});

afterAll(() => local.stack.close());

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process; `meanwhile` may press Ctrl-C. */
async function bot(
  args: string,
  more: Record<string, string> = {},
  meanwhile?: (stop: () => void) => Promise<void>,
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args.split(' ')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...variables, ...more },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const closed = once(child, 'close');
  await meanwhile?.(() => child.kill('SIGINT'));
  const [code] = (await closed) as [number | null];
  return { code, out, err };
}

const profile = (): MessengerProfile => local.emulator.state.pages[pageId]?.profile ?? {};

describe('an event that was given up on', () => {
  let id: string;

  it('is found by bot status, listed and shown', async () => {
    expect(await bot('status')).toMatchObject({ code: 0, err: '' });
    const fault = local.emulator.inject({ kind: 'refusal', code: 100, api: 'messages' });
    local.emulator.say(psid, words);
    await expect.poll(async () => (await bot('status')).code, { timeout: 60_000 }).toBe(1);
    local.emulator.removeFault(fault.id);

    const { out } = await bot('dead-letters list --json');
    const { deadLetters } = JSON.parse(out) as { deadLetters: { id: string; lane: string }[] };
    expect(deadLetters).toMatchObject([{ lane: `${pageId}:${psid}`, type: 'text' }]);
    id = deadLetters[0]?.id ?? '';
    expect((await bot('dead-letters list')).out).toContain(id);

    const shown = await bot(`dead-letters show ${id}`);
    expect(shown.out).toContain('GraphApiError');
    expect(shown.out).not.toContain(words);
    expect((await bot(`dead-letters show ${id} --words`)).out).toContain(words);
  });

  it('is answered once it is replayed', async () => {
    expect(said(local.emulator, psid, 'in')).toEqual([]);
    expect(await bot(`dead-letters replay ${id}`)).toEqual({
      code: 0,
      out: '1 dead letter replayed.\n',
      err: '',
    });
    await expect.poll(() => said(local.emulator, psid, 'in')).toEqual([`Bạn vừa nói: "${words}"`]);
    expect(await bot(`dead-letters drop ${id} --yes`)).toMatchObject({ code: 1 });
    expect((await bot('status --json')).code).toBe(0);
  });
});

describe('bot lanes show', () => {
  it('looks into a lane', async () => {
    const { code, out } = await bot(`lanes show ${pageId}:${psid} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ lane: `${pageId}:${psid}`, count: 0, events: [] });
  });
});

describe('bot menu', () => {
  it('shows what would change, changes it when told to, and finds nothing to change then', async () => {
    const shown = await bot('menu diff');
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('getStarted: add\n  + payload: "GET_STARTED"\n');
    expect(shown.out).toContain('  + [0].callToActions[0].title: "Trợ giúp"\n');
    expect(profile()).toEqual({});

    expect((await bot('menu apply')).code).toBe(0);
    expect(profile().get_started).toEqual({ payload: 'GET_STARTED' });
    expect(profile().persistent_menu).toHaveLength(2);
    const same = { code: 0, out: 'The Page shows what it should: nothing to change.\n', err: '' };
    expect(await bot('menu diff')).toEqual(same);
  });

  it('needs no Redis', async () => {
    expect((await bot('menu diff', { REDIS_URL: 'redis://127.0.0.1:1' })).code).toBe(0);
  });
});

describe('bot pages check', () => {
  it('finds that the app is not subscribed, repairs it, and finds nothing then', async () => {
    local.emulator.subscribePage(pageId, ['messages', 'message_echoes']);
    const { code, out } = await bot('pages check --json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      pages: [{ pageId, ok: false, findings: [{ kind: 'fields-missing' }] }],
    });
    expect((await bot('pages check --repair')).code).toBe(0);
    expect((await bot('pages check')).code).toBe(0);
  });

  it('says that nothing is known of a Page when Graph is not reached', async () => {
    const { code, out } = await bot('pages check --json', { GRAPH_API_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ pages: [{ findings: [{ kind: 'unreached' }] }] });
  });

  it('finds a token that is dead, and never shows it', async () => {
    const { code, out, err } = await bot('pages check', { PAGE_ACCESS_TOKEN: 'of-before' });
    expect(code).toBe(1);
    expect(out).toContain('token-dead');
    expect(`${out}${err}`).not.toContain('of-before');
  });
});

describe('what is wrong', () => {
  it.each([
    ['statu', {}, 2, /^bot: Unknown command 'statu'\..*\n$/],
    ['dead-letters drop m_1', {}, 2, /^bot: Drop needs --yes .*\n$/],
    ['status', { APP_SECRET: '' }, 2, /^bot: APP_SECRET is missing\..*\n$/],
    ['status', { REDIS_URL: 'redis://127.0.0.1:1' }, 1, /^bot: Redis cannot be reached .*\n$/],
    ['menu diff', { PAGE_ACCESS_TOKEN: 'of-before' }, 1, /^bot: .*190.*\n$/],
  ])('is said in one line: bot %s with %j', async (args, more, code, line) => {
    const ran = await bot(args, more);
    expect(ran).toEqual({ code, out: '', err: expect.stringMatching(line) });
  });
});

it('Ctrl-C stops a long replay, which says how far it came and leaves the rest as it was', async () => {
  const { stack, redis } = local;
  await stack.kill('worker', 'SIGTERM');
  const connection = connectRedis({ url: redis.url, role: 'worker' });
  const queue = createQueue({ redis: connection });
  const worker = createWorker({
    redis: connection,
    retry: () => ({ kind: 'bury' }),
    handle: () => Promise.reject(new RangeError('no handler')),
  });
  const many = Array.from({ length: 3_000 }, (_, index) => ({
    id: `many-${index}`,
    lane: `${pageId}:${index % 300}`,
    timestamp: index,
    data: { type: 'text' },
  }));
  await queue.add(many);
  const dead = async (): Promise<number> => (await queue.figures()).deadLetters;
  await expect.poll(dead, { timeout: 60_000 }).toBe(many.length);
  await worker.close();

  const ran = await bot('dead-letters replay --all --json', {}, async (stop) => {
    await expect.poll(dead, { interval: 5 }).toBeLessThan(many.length);
    stop();
  });
  const { replayed, left } = JSON.parse(ran.out) as { replayed: string[]; left: number };
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(
    new RegExp(`^bot: Stopped: ${replayed.length} of ${many.length} dead .*\n$`),
  );
  expect(left).toBeGreaterThan(0);
  expect(await queue.figures()).toMatchObject({
    deadLetters: left,
    waitingEvents: replayed.length,
  });
  await queue.close();
  connection.disconnect();
});
