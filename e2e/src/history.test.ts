import { startPostgres, type PostgresServer } from '@bot/dev';
import { signRequest } from '@bot/graph-client/testing';
import { createHistory, openDatabase, type History, type HistoryDatabase } from '@bot/history';
import { systemClock } from '@bot/queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAnswers } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const pageId = '100000000000001';
const ann = '700000000000051';
const ben = '700000000000052';
const MESSAGES = 60;
const boardPassword = 'mật khẩu của bảng';

let postgres: PostgresServer;
let local: LocalStack;
let database: HistoryDatabase;
let history: History;

beforeAll(async () => {
  postgres = await startPostgres();
  const environment = {
    ...process.env,
    PUBLIC_URL: 'https://bot.example',
    BOARD_PASSWORD: boardPassword,
  };
  local = await startLocalStack({ environment, databaseUrl: postgres.url });
  database = openDatabase({ url: postgres.url });
  history = createHistory({ database, clock: systemClock, timeLimitMs: 5_000 });
});

afterAll(async () => {
  await database.close();
  await local.stack.close();
  await postgres.close();
});

async function said(psid: string): Promise<string[]> {
  const answer = await history.conversation({ pageId, psid }).last(1_000);
  if (answer.kind === 'unavailable') return [answer.reason];
  return answer.messages.map(({ direction, text }) => `${direction}: ${text}`);
}

/** Of what the worker answers, within the time that a person waits. */
async function statusOf(path: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`bot:${boardPassword}`).toString('base64')}`;
  const [worker] = local.stack.workerUrls;
  const signal = AbortSignal.timeout(2_000);
  return (await fetch(new URL(path, worker), { headers: { authorization }, signal })).status;
}

it('what people and the bot say is kept, also of the time while the database was dead', async () => {
  const answers = countAnswers(local.emulator);
  local.emulator.say(ann, 'xin chào');
  await expect
    .poll(() => said(ann))
    .toEqual(['in: xin chào', expect.stringMatching(/^out: .*xin chào/)]);
  // The local Messenger tells that it was delivered, and read.
  await expect
    .poll(() => history.conversation({ pageId, psid: ann }).last(1))
    .toMatchObject({ messages: [{ state: expect.stringMatching(/^(delivered|read)$/) }] });

  await postgres.kill('SIGQUIT');
  for (let number = 1; number <= MESSAGES; number += 1) local.emulator.say(ben, `tin ${number}`);
  expect(await statusOf('/insights')).toBe(503);
  await answers.wait(MESSAGES + 1, AbortSignal.timeout(10_000));
  expect(await statusOf('/readyz')).toBe(200);
  await postgres.restart();
  await expect.poll(async () => (await said(ben)).length, { timeout: 30_000 }).toBe(2 * MESSAGES);
  const lines = await said(ben);
  const wanted = Array.from({ length: MESSAGES }, (_, index) => `in: tin ${index + 1}`);
  expect(lines.filter((line) => line.startsWith('in'))).toEqual(wanted);
  expect(new Set(lines).size).toBe(2 * MESSAGES);
  expect(await statusOf('/insights')).toBe(200);
});

it('a person who asks Meta to be forgotten is forgotten there as well', async () => {
  const body = new URLSearchParams({
    signed_request: signRequest(
      { userId: ann, issuedAtMs: Date.now() },
      local.stack.credentials.appSecret,
    ),
  });
  const { origin } = new URL(local.stack.webhookUrl);
  const { status } = await fetch(`${origin}/data-deletion`, { method: 'POST', body });
  expect(status).toBe(200);
  await expect.poll(() => said(ann)).toEqual([]);
  expect(await said(ben)).toHaveLength(2 * MESSAGES);
});
