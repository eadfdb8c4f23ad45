import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAnswers, said } from '../src/answers.ts';
import { startLocalStack, type LocalStack } from '../src/local-stack.ts';
import { answersTo, createCrowd, writeRounds } from './rig/crowd.ts';

const ROUNDS = 50;

let local: LocalStack;

beforeAll(async () => {
  local = await startLocalStack({ workers: 2 });
});

afterAll(() => local.stack.close());

it('a rolling restart of the apps under load loses nothing and says nothing twice', async () => {
  const { stack, emulator } = local;
  const answers = countAnswers(emulator);
  const crowd = createCrowd(emulator);
  const all = ROUNDS * crowd.people.length;
  const writing = writeRounds(crowd, ROUNDS);
  for (let turn = 0; turn < 2; turn += 1) {
    for (const index of [0, 1]) {
      await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
      await stack.restart('worker', index);
    }
    await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
    await stack.restart('webhook');
  }
  expect(answers.count).toBeLessThan(all);
  await writing;
  await expect.poll(() => answers.count, { timeout: 60_000 }).toBeGreaterThanOrEqual(all);
  for (const psid of crowd.people) expect(said(emulator, psid, 'in')).toEqual(answersTo(ROUNDS));
});
