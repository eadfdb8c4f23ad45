import { beforeEach, describe, expect, it } from 'vitest';
import { useBench, type Bench } from './bench.test-setup.ts';

const setUp = useBench();
let bench: Bench;
const examples = {
  intents: {
    price: { examples: ['giá bao nhiêu', 'bao nhiêu tiền'], keywords: ['giá'] },
    greeting: { examples: ['xin chào', 'hello'], keywords: ['chào'] },
  },
};
const heldOut = (price: string): string =>
  JSON.stringify({ intents: { price: { examples: [price] } }, none: ['mưa'] });
const test = ['intents', 'test', 'e.json', '--held-out', 'h.json'] as const;

beforeEach(() => {
  bench = setUp();
  // Neither is needed.
  bench.configError = new Error('APP_SECRET is missing');
  bench.redisError = new Error('refused');
  bench.files.set('e.json', JSON.stringify(examples));
  bench.files.set('h.json', heldOut('gia bao nhieu shop'));
});

describe('bot intents train', () => {
  it('writes the same model for the same examples, and says what it learned from', async () => {
    const { code, out } = await bench.bot('intents', 'train', 'e.json', '--out', 'm.json');
    const model = bench.files.get('m.json') ?? '';
    expect([code, out]).toEqual([
      0,
      `m.json: 2 intents from 4 sentences, ${Buffer.byteLength(model)} bytes.\n`,
    ]);
    await bench.bot('intents', 'train', 'e.json', '--out', 'again.json');
    expect(bench.files.get('again.json')).toBe(model);
  });

  it('names a file that is broken, and leaves the model as it was', async () => {
    bench.files.set('m.json', 'old');
    bench.files.set('e.json', '{"intents":{"price":{"examples":[1]}}}');
    const { code, out, err } = await bench.bot('intents', 'train', 'e.json', '--out', 'm.json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^bot: e\.json, intents\.price\.examples\[0\]: [^\n]+\n$/);
    expect(bench.files.get('m.json')).toBe('old');
  });

  it('names a file that is missing', async () => {
    const { code, err } = await bench.bot('intents', 'train', 'x.json', '--out', 'm.json');
    expect([code, err]).toEqual([
      1,
      'bot: x.json: It cannot be read (ENOENT). Name a file of examples.\n',
    ]);
  });

  it('needs to know where the model goes', async () => {
    const { code, err } = await bench.bot('intents', 'train', 'e.json');
    expect([code, err]).toEqual([
      2,
      "bot: Required option '--out <file>' not specified. (bot --help shows the usage)\n",
    ]);
  });
});

describe('bot intents test', () => {
  it('is well at the accuracy that is asked for, and not below', async () => {
    expect((await bench.bot(...test, '--at-least', '1')).code).toBe(0);
    bench.files.set('h.json', heldOut('xin chào'));
    expect((await bench.bot(...test)).code).toBe(0);
    const { code, err } = await bench.bot(...test, '--at-least', '0.9');
    expect([code, err]).toEqual([
      1,
      'bot: The accuracy is 0.000, below 0.9: add examples of what the table shows as confused.\n',
    ]);
  });

  it('has no idea below the confidence that is asked for', async () => {
    bench.files.set('h.json', heldOut('bao nhiêu chào'));
    const { out } = await bench.bot(...test, '--confidence', '1', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      learned: { right: 0, wrong: 0, unsure: 1 },
      keywords: { right: 0, wrong: 1, unsure: 0 },
    });
  });

  it('refuses an intent that the examples do not have, and a share that is none', async () => {
    bench.files.set('h.json', '{"intents":{"prize":{"examples":["giá"]}}}');
    expect((await bench.bot(...test)).err).toBe(
      'bot: h.json, intents.prize: The examples have no such intent. Name it as they do, or add examples.\n',
    );
    expect((await bench.bot(...test, '--at-least', '90')).code).toBe(2);
  });
});
