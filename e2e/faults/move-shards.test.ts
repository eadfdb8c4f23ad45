import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answersTo } from './rig/crowd.ts';
import { afterwards, meanwhile, MovingApps, type LeftOver } from './rig/moving-apps.ts';

async function start(): Promise<MovingApps> {
  const apps = await MovingApps.start();
  onTestFinished(() => apps.close());
  return apps;
}

/** Those of people who did not get one to each message, in their order. */
function wrongAnswers(apps: MovingApps, answers: readonly string[][]): string[][] {
  const expected = answersTo(apps.rounds);
  return answers.filter((those) => those.join('\n') !== expected.join('\n'));
}

async function report(apps: MovingApps): Promise<number[]> {
  const turns = await apps.turns();
  const messages = apps.rounds * apps.answers().length;
  const repeats = apps.answers().flat().length - apps.answersOnce().flat().length;
  process.stdout.write(
    `moved from 2 to 5 shards: ${messages} messages, ${repeats} said again, turns by shard ${turns.join(' ')}\n`,
  );
  return turns;
}

const moved = [
  { code: 1, kind: 'remembering' },
  { code: 0, kind: 'over' },
];

describe('apps under load that move from 2 to 5 shards', () => {
  it('answer each message once and in order; what is left over with the old number stops', async () => {
    const apps = await start();
    const worker = await apps.leaveOver('worker');
    const webhook = await apps.leaveOver('webhook');
    await apps.rollOut(meanwhile, 'SIGTERM');
    const moving = apps.moveAll();
    expect((await worker.child.exited).code).toBe(1);
    expect(await deliver(webhook, apps.local.stack.credentials.appSecret)).toBe(503);
    expect((await webhook.child.exited).code).toBe(1);
    for (const { child } of [worker, webhook]) {
      expect(child.tail().join('\n')).toContain('number of shards is 2 and becomes 5, not 2');
    }
    expect(await moving).toEqual(moved);
    await apps.rollOut(afterwards, 'SIGTERM');
    await apps.seeAnswers(300);
    await apps.settle();
    expect(wrongAnswers(apps, apps.answers())).toEqual([]);
    expect(Math.min(...(await report(apps)))).toBeGreaterThan(100);
  });

  it('answer each message in order, and once unless its echo came too late, killed in every phase', async () => {
    const apps = await start();
    await apps.rollOut(meanwhile, 'SIGKILL');
    const moving = apps.moveAll();
    await apps.restartAll('SIGKILL');
    expect(await moving).toEqual(moved);
    await apps.rollOut(afterwards, 'SIGKILL');
    await apps.seeAnswers(300);
    await apps.settle();
    expect(wrongAnswers(apps, apps.answersOnce())).toEqual([]);
    expect(Math.min(...(await report(apps)))).toBeGreaterThan(100);
  });
});

/** Of somebody else's message; answers the status. */
async function deliver({ url }: LeftOver, secret: string): Promise<number> {
  const [page, person] = [{ id: '100000000000001' }, { id: '910000000099999' }];
  const timestamp = Date.now();
  const message = { mid: 'm_left_over', text: 'xin chào' };
  const messaging = [{ sender: person, recipient: page, timestamp, message }];
  const entry = [{ id: page.id, time: timestamp, messaging }];
  const body = JSON.stringify({ object: 'page', entry });
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'x-hub-signature-256': signature };
  return (await fetch(url, { method: 'POST', body, headers })).status;
}
