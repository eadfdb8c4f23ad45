import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAnswers, said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

/** How long each call of the Graph API takes. */
const latencyMs = 200;
let local: LocalStack;

beforeAll(async () => {
  local = await startLocalStack({ emulator: { latencyMs } });
});

afterAll(() => local.stack.close());

/** Too long for one message: its answer is two, sent one after the other. */
const text = `${'một '.repeat(490)}${'hai '.repeat(20)}`.trim();

describe('a worker killed between two replies of one turn', () => {
  it.each([
    ['when the first was sent, and before its answer came', 0],
    ['while the second is under way', latencyMs / 2],
    ['when both were sent, and before the end of the turn', latencyMs * 1.05],
  ])('sends each once: %s', async (_when, afterMs) => {
    const { emulator, stack } = local;
    const psid = `70000000000${String(afterMs).padStart(4, '0')}`;
    const answers = countAnswers(emulator);
    const before = answers.count;
    emulator.say(psid, text);
    await answers.wait(before + 1, AbortSignal.timeout(10_000));
    await delay(afterMs);
    await stack.kill('worker', 'SIGKILL');
    await stack.restart('worker');
    // A later question is answered last, and whatever was repeated stands before it.
    emulator.say(psid, 'xong chưa?');
    await answers.wait(before + 3, AbortSignal.timeout(30_000));
    await emulator.idle(AbortSignal.timeout(10_000));
    const [first = '', second = '', last, ...more] = said(emulator, psid, 'in');
    expect(`${first} ${second}`).toBe(`Bạn vừa nói: "${text}"`);
    expect([last, ...more]).toEqual(['Bạn vừa nói: "xong chưa?"']);
  });
});
