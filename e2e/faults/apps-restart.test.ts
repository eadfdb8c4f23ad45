import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { countAnswers, said } from '../src/answers.ts';
import { startLocalStack, type LocalStack } from '../src/local-stack.ts';
import { answersTo, createCrowd, Writing } from './rig/crowd.ts';

let local: LocalStack;

beforeAll(async () => {
  local = await startLocalStack({ workers: 2 });
});

afterAll(() => local.stack.close());

it('a rolling restart of the apps under load loses nothing and says nothing twice', async () => {
  const { stack, emulator } = local;
  const answers = countAnswers(emulator);
  const crowd = createCrowd(emulator);
  const writing = new Writing(crowd);
  onTestFinished(() => writing.stop());
  for (let turn = 0; turn < 2; turn += 1) {
    for (const index of [0, 1]) {
      await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
      await stack.restart('worker', index);
    }
    await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
    await stack.restart('webhook');
  }
  await writing.stop();
  const { rounds } = writing;
  const all = rounds * crowd.people.length;
  await expect.poll(() => answers.count, { timeout: 60_000 }).toBeGreaterThanOrEqual(all);
  for (const psid of crowd.people) expect(said(emulator, psid, 'in')).toEqual(answersTo(rounds));
});
