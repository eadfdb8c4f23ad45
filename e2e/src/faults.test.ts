import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saidOnce } from './allowed-repeats.ts';
import { countAnswers, said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;

beforeEach(async () => {
  local = await startLocalStack();
});

afterEach(async () => {
  await local.stack.close();
});

const people = Array.from(
  { length: 100 },
  (_, index) => `9000000000${String(index).padStart(5, '0')}`,
);
const rounds = 20;
const expected = Array.from({ length: rounds }, (_, round) => `Bạn vừa nói: "lời ${round}"`);

function everybodyWrites(): void {
  for (let round = 0; round < rounds; round += 1) {
    for (const psid of people) local.emulator.say(psid, `lời ${round}`);
  }
}

/** Those of people, by what each was told, who did not get one to each message, in order. */
function wrongAnswers(toldTo: (psid: string) => string[]): string[][] {
  return people.map(toldTo).filter((answers) => answers.join('\n') !== expected.join('\n'));
}

const everything = (psid: string): string[] => said(local.emulator, psid, 'in');
const butLateRepeats = (psid: string): string[] => saidOnce(local.emulator.state, psid);

/** Resolves when the last message of each person is answered. */
async function allAnswered(): Promise<void> {
  const open = new Set(people);
  const last = expected.at(-1);
  const settle = (): void => {
    for (const psid of open)
      if (said(local.emulator, psid, 'in').at(-1) === last) open.delete(psid);
  };
  await new Promise<void>((resolve, reject) => {
    const end = AbortSignal.timeout(60_000);
    const unsubscribe = local.emulator.subscribe((change) => {
      if (change.kind !== 'message' || change.message.text !== last) return;
      settle();
      if (open.size > 0) return;
      unsubscribe();
      resolve();
    });
    end.addEventListener('abort', () => reject(new Error(`${open.size} people wait for answers.`)));
  });
}

describe('a worker killed with SIGKILL in the middle', () => {
  it('loses no message, keeps the order, and repeats nothing: echoes tell what was sent', async () => {
    const answers = countAnswers(local.emulator);
    const done = allAnswered();
    everybodyWrites();
    await answers.wait(500, AbortSignal.timeout(30_000));
    await local.stack.kill('worker', 'SIGKILL');
    expect(answers.count).toBeLessThan(people.length * rounds);
    await local.stack.restart('worker');
    await done;
    expect(wrongAnswers(everything)).toEqual([]);
  });
});

describe('a webhook killed with SIGKILL in the middle', () => {
  it('loses no message: what it did not acknowledge is delivered again', async () => {
    const answers = countAnswers(local.emulator);
    const done = allAnswered();
    everybodyWrites();
    await answers.wait(500, AbortSignal.timeout(30_000));
    await local.stack.kill('webhook', 'SIGKILL');
    await local.stack.restart('webhook');
    await done;
    expect(wrongAnswers(everything)).toEqual([]);
  });
});

describe('a Redis killed with SIGKILL in the middle', () => {
  it('is answered with 503 meanwhile, and no message is lost or answered twice', async () => {
    const answers = countAnswers(local.emulator);
    const done = allAnswered();
    everybodyWrites();
    await answers.wait(500, AbortSignal.timeout(30_000));
    // Heard from before the kill: the change is told once.
    const refused = new Promise<void>((resolve) => {
      const unsubscribe = local.emulator.subscribe((change) => {
        if (change.kind !== 'webhook' || change.status !== 503) return;
        unsubscribe();
        resolve();
      });
    });
    await local.redis.kill('SIGKILL');
    local.emulator.say('999000000000001', 'có ai không?');
    await refused;
    await local.redis.restart();
    await done;
    expect(wrongAnswers(butLateRepeats)).toEqual([]);
  });
});
