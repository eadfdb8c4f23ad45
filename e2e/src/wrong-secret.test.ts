import { afterAll, beforeAll, expect, it } from 'vitest';
import { said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const psid = '6174920385517204';
let local: LocalStack;

beforeAll(async () => {
  // As while a secret is being replaced: the webhook takes both, the worker signs with the first.
  const appSecret = 'not-yet-the-secret,the-secret-of-today';
  local = await startLocalStack({
    credentials: { appSecret, pageAccessToken: 'tea-token', verifyToken: 'a-verify-token' },
    emulator: { appSecret: 'the-secret-of-today' },
  });
});

afterAll(() => local.stack.close());

it('a wrong app secret parks all Pages, and gives nothing up', async () => {
  const metrics = async (): Promise<string> =>
    (await fetch(`${local.stack.workerUrls[0]}/metrics`)).text();
  for (let count = 0; count < 5; count += 1) local.emulator.say(psid, `lời ${count}`);
  await expect.poll(metrics).toMatch(/^worker_turns_total\{outcome="retried"\} [1-9]/m);
  const text = await metrics();
  expect(text).toMatch(/^page_parked\{page="\w+",kind="configuration"\} 1$/m);
  expect(text).toContain('queue_dead_letters 0\n');
  expect(said(local.emulator, psid, 'in')).toEqual([]);
});
