import { delay } from '@bot/dev';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAnswers, said } from '../src/answers.ts';
import { startLocalStack, type LocalStack } from '../src/local-stack.ts';

const people = Array.from(
  { length: 60 },
  (_, index) => `9000000000${String(index).padStart(5, '0')}`,
);
const ROUNDS = 50;

let local: LocalStack;

beforeAll(async () => {
  local = await startLocalStack({ workers: 2 });
});

afterAll(() => local.stack.close());

/** Everybody writes again and again, at a pace. */
async function everybodyWrites(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const psid of people) local.emulator.say(psid, `lời ${round}`);
    await delay(200);
  }
}

it('a rolling restart of the apps under load loses nothing and says nothing twice', async () => {
  const { stack, emulator } = local;
  const answers = countAnswers(emulator);
  const writing = everybodyWrites();
  for (let turn = 0; turn < 2; turn += 1) {
    for (const index of [0, 1]) {
      await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
      await stack.restart('worker', index);
    }
    await answers.wait(answers.count + 100, AbortSignal.timeout(20_000));
    await stack.restart('webhook');
  }
  expect(answers.count).toBeLessThan(ROUNDS * people.length);
  await writing;
  await expect
    .poll(() => answers.count, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(ROUNDS * people.length);
  const expected = Array.from({ length: ROUNDS }, (_, round) => `Bạn vừa nói: "lời ${round}"`);
  for (const psid of people) expect(said(emulator, psid, 'in')).toEqual(expected);
});
