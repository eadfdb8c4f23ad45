import type { RecogniserInput } from '@bot/handlers';
import { APICallError } from 'ai';
import { describe, expect, it } from 'vitest';
import { hanging, mockModel, rig, saying } from './mocks.test-setup.ts';
import { createModelRecogniser } from './recogniser.ts';

const intents = { price: 'asks what something costs', order: 'wants to buy something' };

function input(text: string, signal = new AbortController().signal): RecogniserInput {
  const event: RecogniserInput['event'] = {
    type: 'text',
    id: 'm_1',
    mid: 'm_1',
    platform: 'page',
    pageId: '100',
    psid: '200',
    timestamp: 1,
    channel: 'messaging',
    text,
  };
  return { text, locale: 'vi', event, signal };
}

const call = (statusCode: number): APICallError =>
  new APICallError({
    message: 'giá bao nhiêu',
    url: 'http://model/v1?key=secret',
    requestBodyValues: { text: 'giá bao nhiêu' },
    statusCode,
    responseBody: 'giá bao nhiêu',
  });

describe('a recogniser that asks a model', () => {
  it('answers the intent that the model names, as sure as it is', async () => {
    const { model } = rig(mockModel(saying({ intent: 'price', confidence: 0.9 })));
    const recogniser = createModelRecogniser({ model, intents });
    expect(await recogniser.recognise(input('giá sao shop'))).toEqual([
      { name: 'price', confidence: 0.9 },
    ]);
  });

  it('takes JSON in a fence, as smaller models write it', async () => {
    const { model } = rig(mockModel(saying('```json\n{"intent":"order","confidence":1}\n```')));
    const recogniser = createModelRecogniser({ model, intents });
    expect(await recogniser.recognise(input('mua'))).toEqual([{ name: 'order', confidence: 1 }]);
  });

  it.each([
    ['an intent that nobody named', saying({ intent: 'admin', confidence: 1 }), 'wrong-shape'],
    ['a sentence', saying('Khách hỏi giá.'), 'not-json'],
    ['half of the JSON', saying('{"intent":"pri', { finish: 'length' }), 'cut-off'],
    ['nothing', saying(''), 'empty'],
    ['no content', saying('', { content: [] }), 'empty'],
    ['a refusal of the filter', saying('', { finish: 'content-filter' }), 'content-filter'],
    ['no confidence', saying({ intent: 'price' }), 'wrong-shape'],
    ['a number', saying('7'), 'wrong-shape'],
    ['a call of a tool', toolCall(), 'forbidden-tool'],
    ['a wrong key', call(401), 'rejected'],
    ['an error of its own', new Error('giá bao nhiêu'), 'error'],
  ])('knows nothing when the model answers %s, and tells why', async (_what, said, failure) => {
    const { model, calls } = rig(mockModel(said));
    const recogniser = createModelRecogniser({ model, intents });
    expect(await recogniser.recognise(input('giá bao nhiêu'))).toEqual([]);
    expect(calls).toMatchObject([{ purpose: 'recognise', failure, requests: 1 }]);
    expect(JSON.stringify(calls)).not.toMatch(/giá|secret|http/);
  });

  it.each([
    ['none', { intent: 'none', confidence: 1 }],
    ['a confidence over 1', { intent: 'price', confidence: 90 }],
    ['a confidence of 0', { intent: 'price', confidence: 0 }],
  ])('knows nothing for %s', async (_what, said) => {
    const { model } = rig(mockModel(saying(said)));
    expect(await createModelRecogniser({ model, intents }).recognise(input('…'))).toEqual([]);
  });

  it('waits no longer than the time limit for a model that heeds no signal', async () => {
    const { model, clock, calls } = rig(mockModel(hanging));
    const recognised = createModelRecogniser({ model, intents }).recognise(input('giá'));
    await expect.poll(() => clock.timers).toBe(1);
    clock.move(10_000);
    expect(await recognised).toEqual([]);
    expect(calls).toMatchObject([{ failure: 'timeout', durationMs: 10_000 }]);
    expect(clock.timers).toBe(0);
  });

  it('ends with its turn', async () => {
    const { model, calls } = rig(mockModel(hanging));
    const turn = new AbortController();
    const recognised = createModelRecogniser({ model, intents }).recognise(
      input('giá', turn.signal),
    );
    turn.abort(new Error('The lease is lost.'));
    expect(await recognised).toEqual([]);
    expect(calls).toMatchObject([{ failure: 'aborted' }]);
  });

  it.each([{}, { none: 'anything' }])('refuses intents like %j', (wrong) => {
    const { model } = rig(mockModel());
    expect(() => createModelRecogniser({ model, intents: wrong })).toThrow(
      'must name at least one',
    );
  });
});

function toolCall(): ReturnType<typeof saying> {
  return saying('', {
    content: [{ type: 'tool-call', toolCallId: '1', toolName: 'refund', input: '{}' }],
    finish: 'tool-calls',
  });
}
