import type { TextEvent } from '@bot/graph-client/webhook';
import { describe, expect, it } from 'vitest';
import { createKeywordRecogniser } from './keyword-recogniser.ts';
import { createMessengerNlp } from './messenger-nlp.ts';
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

  it('takes what Messenger found, the likeliest first', async () => {
    const [first, second] = await createMessengerNlp().recognise(input('…', { nlp }));
    expect([first?.name, second?.name]).toEqual(['price', 'order']);
    expect(await createMessengerNlp().recognise(input('…'))).toEqual([]);
  });

  it('is asked after another one that has no idea, and not otherwise', async () => {
    const both = firstOf(createMessengerNlp(), keywords);
    expect((await both.recognise(input('mua', { nlp })))[0]?.name).toBe('price');
    expect((await both.recognise(input('mua')))[0]?.name).toBe('order');
    expect(await both.recognise(input('xin chào'))).toEqual([]);
  });
});
