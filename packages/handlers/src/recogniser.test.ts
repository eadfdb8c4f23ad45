import type { TextEvent } from '@bot/graph-client/webhook';
import { describe, expect, it } from 'vitest';
import { SetupError } from './errors.ts';
import { createKeywordRecogniser } from './keyword-recogniser.ts';
import { createMessengerNlp, type MessengerNlpOptions } from './messenger-nlp.ts';
import { firstOf, type RecogniserInput } from './recogniser.ts';

function input(text: string, more: Partial<TextEvent> = {}): RecogniserInput {
  const event: TextEvent = {
    type: 'text',
    id: 'm_1',
    mid: 'm_1',
    platform: 'page',
    pageId: '1',
    psid: '2',
    timestamp: 1,
    channel: 'messaging',
    text,
    ...more,
  };
  return { text, locale: 'vi', event, signal: new AbortController().signal };
}

const nlp = {
  intents: [
    { name: 'order', confidence: 0.4 },
    { name: 'price', confidence: 0.9 },
  ],
  locales: [],
  entities: [],
  traits: [],
};

async function found(event: Partial<TextEvent>, options?: MessengerNlpOptions): Promise<string[]> {
  const intents = await createMessengerNlp(options).recognise(input('…', event));
  return intents.map(({ name }) => name);
}

describe('a recogniser', () => {
  const keywords = createKeywordRecogniser({
    price: ['giá', 'bao nhiêu', 'how much'],
    order: ['mua', 'order'],
  });

  it('knows intents by keywords, those declared first before others', async () => {
    expect(await keywords.recognise(input('mình mua, gia sao?'))).toEqual([
      { name: 'price', confidence: 1 },
      { name: 'order', confidence: 1 },
    ]);
    expect(await keywords.recognise(input('How much is it?'))).toHaveLength(1);
    expect(await keywords.recognise(input('xin chào'))).toEqual([]);
  });

  it('takes what Messenger found and is sure of, the likeliest first', async () => {
    expect(await found({ nlp })).toEqual(['price']);
    expect(await found({ nlp }, { atLeast: 0.3 })).toEqual(['price', 'order']);
    expect(await found({})).toEqual([]);
    expect(() => createMessengerNlp({ atLeast: -1 })).toThrow(SetupError);
  });

  it('takes a trait of Messenger for the intent that it is told, and no other trait', async () => {
    const traits = [
      { name: 'wit$greetings', confidence: 0.95, value: 'true' },
      { name: 'wit$sentiment', confidence: 1, value: 'positive' },
    ];
    expect(await found({ nlp: { ...nlp, traits } })).toEqual(['greeting', 'price']);
    const praise = { traits: { wit$sentiment: 'praise' } };
    expect(await found({ nlp: { ...nlp, traits } }, praise)).toEqual(['praise', 'price']);
  });

  it('is asked after Messenger when that is not sure enough', async () => {
    const unsure = { ...nlp, intents: [{ name: 'price', confidence: 0.4 }] };
    const both = firstOf(createMessengerNlp(), keywords);
    expect((await both.recognise(input('mua', { nlp: unsure })))[0]?.name).toBe('order');
  });

  it('is asked after another one that has no idea, and not otherwise', async () => {
    const both = firstOf(createMessengerNlp(), keywords);
    expect((await both.recognise(input('mua', { nlp })))[0]?.name).toBe('price');
    expect((await both.recognise(input('mua')))[0]?.name).toBe('order');
    expect(await both.recognise(input('xin chào'))).toEqual([]);
  });
});
