import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAnswers, said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;

beforeAll(async () => {
  local = await startLocalStack();
});

afterAll(async () => {
  await local.stack.close();
});

describe('the whole path', () => {
  it('answers what a person writes', async () => {
    const answers = countAnswers(local.emulator);
    const before = answers.count;
    local.emulator.say('700000000000001', 'xin chào');
    await answers.wait(before + 1, AbortSignal.timeout(10_000));
    expect(said(local.emulator, '700000000000001', 'in')).toEqual(['Bạn vừa nói: "xin chào"']);
  });

  it('answers what it cannot read with a friendly sentence', async () => {
    const answers = countAnswers(local.emulator);
    const before = answers.count;
    for (const kind of ['sticker', 'image', 'location'] as const) {
      local.emulator.attach('700000000000002', kind);
    }
    await answers.wait(before + 3, AbortSignal.timeout(10_000));
    expect(said(local.emulator, '700000000000002', 'in')).toEqual([
      expect.stringContaining('Mình chưa xem được sticker'),
      expect.stringContaining('Mình chưa xem được hình ảnh'),
      expect.stringContaining('Mình chưa xem được vị trí'),
    ]);
  });

  it('says back a text that with the answer around it is too long for one message', async () => {
    const answers = countAnswers(local.emulator);
    const before = answers.count;
    const text = Array.from({ length: 400 }, (_, index) => `chữ${index}`)
      .join(' ')
      .slice(0, 2_000);
    local.emulator.say('700000000000003', text);
    await answers.wait(before + 2, AbortSignal.timeout(10_000));
    expect(said(local.emulator, '700000000000003', 'in').join(' ')).toBe(`Bạn vừa nói: "${text}"`);
  });

  it('gives 200 people 20 answers each, each in order', async () => {
    const answers = countAnswers(local.emulator);
    const before = answers.count;
    const people = Array.from(
      { length: 200 },
      (_, index) => `8000000000${String(index).padStart(5, '0')}`,
    );
    for (let round = 0; round < 20; round += 1) {
      for (const psid of people) local.emulator.say(psid, `lời ${round}`);
    }
    await answers.wait(before + 4_000, AbortSignal.timeout(60_000));
    const expected = Array.from({ length: 20 }, (_, round) => `Bạn vừa nói: "lời ${round}"`);
    for (const psid of people) expect(said(local.emulator, psid, 'in')).toEqual(expected);
    expect(answers.count).toBe(before + 4_000);
  });

  it('gives one person who writes 200 messages at once 200 answers in order', async () => {
    const answers = countAnswers(local.emulator);
    const before = answers.count;
    const words = Array.from({ length: 200 }, (_, index) => `${index}`);
    for (const word of words) local.emulator.say('700000000000004', word);
    await answers.wait(before + 200, AbortSignal.timeout(30_000));
    const expected = words.map((word) => `Bạn vừa nói: "${word}"`);
    expect(said(local.emulator, '700000000000004', 'in')).toEqual(expected);
  });
});
