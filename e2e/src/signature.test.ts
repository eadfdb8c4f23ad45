import { createHmac } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAnswers } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

let local: LocalStack;
let redis: Redis;

beforeAll(async () => {
  local = await startLocalStack();
  redis = new Redis(local.redis.url);
});

afterAll(async () => {
  redis.disconnect();
  await local.stack.close();
});

const body = (mid: string): string =>
  JSON.stringify({
    object: 'page',
    entry: [
      {
        id: '100000000000001',
        time: 1_700_000_000_000,
        messaging: [
          {
            sender: { id: '700000000000009' },
            recipient: { id: '100000000000001' },
            timestamp: 1_700_000_000_000,
            message: { mid, text: 'xin chào' },
          },
        ],
      },
    ],
  });

async function post(text: string, signature?: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(local.stack.webhookUrl, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
    },
  });
  return { status: answer.status, text: await answer.text() };
}

const sign = (text: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;

/** Everything that Redis holds but what changes by itself: BullMQ's bookkeeping, and what is known of Pages. */
const events = async (): Promise<string[]> =>
  (await redis.keys('*')).filter((key) => !/:lanes:|^bot:pages:/.test(key)).toSorted();

describe('a wrongly signed delivery', () => {
  it('gets a bare 401 and reaches nothing', async () => {
    const answers = countAnswers(local.emulator);
    const before = { events: await events(), answers: answers.count };
    const forged = body('m_forged');

    expect(await post(forged)).toEqual({ status: 401, text: '' });
    expect(await post(forged, sign(forged, 'not the secret'))).toEqual({ status: 401, text: '' });
    expect(await post(forged, `${sign(forged, local.stack.credentials.appSecret)}0`)).toMatchObject(
      { status: 401 },
    );

    expect(await events()).toEqual(before.events);
    expect(answers.count).toBe(before.answers);
  });

  it('would have reached something with the right signature', async () => {
    const honest = body('m_honest');
    expect(await post(honest, sign(honest, local.stack.credentials.appSecret))).toMatchObject({
      status: 200,
    });
    expect((await events()).some((key) => key.includes(':seen:'))).toBe(true);
  });
});
