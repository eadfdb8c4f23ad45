import { execFileSync } from 'node:child_process';
import { startPostgres, type PostgresServer } from '@bot/dev';
import { createHistory, openDatabase, type History, type HistoryDatabase } from '@bot/history';
import { systemClock } from '@bot/queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocalStack, type LocalStack } from '../src/local-stack.ts';
import { percentile, watchAnswerTimes, type AnswerTimes } from './rig/answer-times.ts';
import { createCrowd, type Crowd } from './rig/crowd.ts';
import { sized } from './rig/form.ts';

const pageId = '100000000000001';
const boardPassword = 'mật khẩu của bảng';
/** 100 messages a second: so few that a busy machine makes no backlog of them. */
const PEOPLE = 20;
/** Dead for so many rounds of 0.2 s; in the full form for five minutes. */
const DEAD_ROUNDS = sized({ short: 40, full: 1_500 });
/** Longer than anything waits for a connection. */
const FROZEN_ROUNDS = sized({ short: 35, full: 150 });
const ALIVE_ROUNDS = sized({ short: 25, full: 150 });
/** Whoever waits for a database waits for 500 ms at the least: the time limit of those who read. */
const MOST_MS = 400;

let postgres: PostgresServer;
let local: LocalStack;
let database: HistoryDatabase;
let history: History;
let crowd: Crowd;
let times: AnswerTimes;
let rounds = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  local = await startLocalStack({ databaseUrl: postgres.url, boardPassword });
  database = openDatabase({ url: postgres.url });
  history = createHistory({ database, clock: systemClock });
  crowd = createCrowd(local.emulator, PEOPLE);
  times = watchAnswerTimes(local.emulator, () => performance.now());
});

afterAll(async () => {
  await database.close();
  await local.stack.close();
  await postgres.close();
});

/** Everybody writes for so many rounds; answers how long half and 99 of a hundred answers took. */
async function write(what: string, count: number): Promise<{ half: number; most: number }> {
  times.look();
  for (const end = rounds + count; rounds < end; rounds += 1) await crowd.writeRound(rounds);
  const seen = times.look();
  const [half, most] = [percentile(seen, 50), percentile(seen, 99)];
  process.stdout.write(
    `database ${what}: ${seen.length} answers, p50 ${half.toFixed(1)} ms, p99 ${most.toFixed(1)} ms\n`,
  );
  return { half, most };
}

/** The server and all that it started: those who are connected hear nothing, those who come wait. */
function signalAll(signal: 'STOP' | 'CONT'): void {
  execFileSync('pkill', [`-${signal}`, '-P', String(postgres.pid)]);
  process.kill(postgres.pid, `SIG${signal}`);
}

/** A column of the figures of the last days, added up. */
async function figure(report: string, column: string): Promise<number> {
  const url = new URL(`/insights/${report}.csv?days=7`, local.stack.workerUrls[0]);
  const authorization = `Basic ${Buffer.from(`bot:${boardPassword}`).toString('base64')}`;
  const answer = await fetch(url, { headers: { authorization } });
  const [names = [], ...rows] = (await answer.text())
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.reduce((sum, cells) => sum + Number(cells[names.indexOf(column)]), 0);
}

/** What is kept of a person, as `<direction> <text>`, in any order. */
async function kept(psid: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of history.export({ pageId, psid })) {
    const { direction, text } = JSON.parse(line) as { direction: string; text: string };
    lines.push(`${direction} ${text}`);
  }
  return lines.toSorted();
}

it('a database that is dead, and one that is frozen, delays no answer and loses no row', async () => {
  const alive = await write('alive', ALIVE_ROUNDS);
  await postgres.kill('SIGQUIT');
  const dead = await write('dead', DEAD_ROUNDS);
  await postgres.restart();
  await write('alive again', ALIVE_ROUNDS);
  signalAll('STOP');
  const frozen = await write('frozen', FROZEN_ROUNDS);
  signalAll('CONT');
  for (const { half, most } of [dead, frozen]) {
    expect(half).toBeLessThan(alive.half + MOST_MS);
    expect(most).toBeLessThan(alive.most + MOST_MS);
  }

  const wanted = Array.from({ length: rounds }, (_, round) => round)
    .flatMap((round) => [`in lời ${round}`, `out Bạn vừa nói: "lời ${round}"`])
    .toSorted();
  for (const psid of crowd.people) {
    await expect
      .poll(async () => (await kept(psid)).length, { timeout: 120_000, interval: 500 })
      .toBe(wanted.length);
    expect(await kept(psid)).toEqual(wanted);
  }
  const total = rounds * crowd.people.length;
  expect(await figure('messages', 'from_people')).toBe(total);
  expect(await figure('messages', 'from_bot')).toBe(total);
  expect(await figure('answers', 'in_time')).toBe(total);
});
