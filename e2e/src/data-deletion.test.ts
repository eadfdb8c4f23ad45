import { signRequest } from '@bot/graph-client/testing';
import { connectRedis, createQueue, type Queue, type RedisConnection } from '@bot/queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAnswers } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const page = '100000000000001';
const ann = '700000000000041';
const ben = '700000000000042';
const HOUR = 60 * 60 * 1_000;

let local: LocalStack;
let redis: RedisConnection;
let queue: Queue;

beforeAll(async () => {
  const environment = { ...process.env, PUBLIC_URL: 'https://bot.example' };
  local = await startLocalStack({ environment });
  redis = connectRedis({ url: local.redis.url, role: 'worker' });
  queue = createQueue({ redis });
});

afterAll(async () => {
  await queue.close();
  redis.disconnect();
  await local.stack.close();
});

/** What Redis holds, a line for each value, that has the text anywhere. */
async function linesWith(text: string): Promise<string[]> {
  const lines: string[] = [];
  for (const key of await redis.keys('*')) {
    const read = {
      hash: async () => Object.entries(await redis.hgetall(key)).map((pair) => pair.join(' ')),
      list: () => redis.lrange(key, 0, -1),
      set: () => redis.smembers(key),
      stream: async () => (await redis.xrange(key, '-', '+')).map((entry) => entry.join(' ')),
      string: async () => [(await redis.get(key)) ?? ''],
      zset: () => redis.zrange(key, 0, '-1'),
    }[await redis.type(key)];
    lines.push(...((await read?.()) ?? []).map((value) => `${key} ${value}`));
  }
  return lines.filter((line) => line.includes(text));
}

const origin = (): string => new URL(local.stack.webhookUrl).origin;
const ask = (secret: string): Promise<Response> =>
  fetch(`${origin()}/data-deletion`, {
    method: 'POST',
    body: new URLSearchParams({
      signed_request: signRequest({ userId: ann, issuedAtMs: Date.now() }, secret),
    }),
  });

it('a person who asks Meta for it is forgotten, and nobody else; a forged wish does nothing', async () => {
  const answers = countAnswers(local.emulator);
  for (const psid of [ann, ben]) {
    local.emulator.say(psid, `tôi là ${psid}`);
    const timer = { id: `timer.${psid}`, lane: `${page}:${psid}`, timestamp: Date.now() };
    await queue.add({ ...timer, data: { type: 'timer', psid } }, { delayMs: HOUR });
  }
  await answers.wait(2, AbortSignal.timeout(10_000));
  await expect.poll(async () => (await queue.figures()).waitingEvents).toBe(0);
  const kept = [
    expect.stringMatching(new RegExp(`^bot:session:${page}:${ann} `)),
    expect.stringMatching(/^\{bot:0\}:delayed-events /),
  ];

  expect((await ask('not the secret')).status).toBe(401);
  await expect.poll(() => linesWith(ann)).toEqual(expect.arrayContaining(kept));

  const answer = await ask(local.stack.credentials.appSecret);
  const { url, confirmation_code: code } = (await answer.json()) as Record<string, string>;
  expect(url).toBe(`https://bot.example/data-deletion/${code}`);
  const status = async (): Promise<string> =>
    (await fetch(`${origin()}/data-deletion/${code}`)).text();
  await expect.poll(status).toContain('Your data was deleted at');
  expect(await status()).not.toContain(ann);

  // Of hers there is only the wish itself, until she is forgotten once more; of his there is all.
  const wish = new RegExp(`^\\{bot:0\\}:delayed-events .*"type\\\\":\\\\"data-deletion`);
  await expect.poll(() => linesWith(ann)).toEqual([expect.stringMatching(wish)]);
  expect(await linesWith(ben)).toHaveLength(2);
  expect(await linesWith(code ?? '?')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^bot:deletion:[0-9a-f]{32} done \d+$/)]),
  );
});
