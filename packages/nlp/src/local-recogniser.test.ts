import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeywordRecogniser, firstOf, type RecogniserInput } from '@bot/handlers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ModelError } from './errors.ts';
import { formatModel, readModel } from './intent-model.ts';
import { createLocalRecogniser, loadModel, openLocalRecogniser } from './local-recogniser.ts';
import { small } from './support.test-setup.ts';
import { trainModel } from './training.ts';

const model = trainModel(small);
const json = formatModel(model);
const recogniser = createLocalRecogniser(model);
const keywords = createKeywordRecogniser({ price: ['giá'] });

const input = (text: string): RecogniserInput => ({
  text,
  locale: 'vi',
  signal: new AbortController().signal,
  event: {
    type: 'text',
    id: 'm_1',
    mid: 'm_1',
    platform: 'page',
    pageId: '1',
    psid: '2',
    timestamp: 1,
    channel: 'messaging',
    text,
  },
});

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nlp-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'model.json');
  await writeFile(file, text);
  return file;
}

describe('a local recogniser', () => {
  it('knows what it learned, also without accents, and how sure it is', async () => {
    const [first] = await recogniser.recognise(input('gia bao nhieu shop'));
    expect(first?.name).toBe('price');
    expect(first?.confidence).toBeGreaterThan(0.5);
    expect(first?.confidence).toBeLessThanOrEqual(1);
  });

  it('has no idea of what means nothing that it knows', async () => {
    for (const text of ['kể chuyện đi', 'zzz', '', '😀', '\u0301'.repeat(2_000)]) {
      expect(await recogniser.recognise(input(text))).toEqual([]);
    }
  });

  it('has no idea rather than a wrong one when it is not sure', () => {
    const text = 'chào giá';
    const best = recogniser.guess(text)[0]?.confidence ?? 0;
    const intents = (atLeast: number): unknown =>
      createLocalRecogniser(model, { atLeast }).intents(text);
    expect(intents(best)).toHaveLength(1);
    expect(intents(best + 0.001)).toEqual([]);
    expect(() => intents(1.5)).toThrow('atLeast must be from 0 to 1, and not 1.5.');
  });

  it('answers the same by a model that was written and read', () => {
    const read = createLocalRecogniser(readModel(json, 'model.json'));
    expect(read.guess('giá bao nhiêu')).toEqual(recogniser.guess('giá bao nhiêu'));
  });

  it('leaves what it has no idea of to another one', async () => {
    const both = firstOf(recogniser, createKeywordRecogniser({ story: ['chuyện'] }));
    expect((await both.recognise(input('kể chuyện đi')))[0]?.name).toBe('story');
  });
});

describe('a model', () => {
  it.each([
    ['', 'model.json, line 1 column 1: This is no JSON. `bot intents train` writes it anew.'],
    [json.slice(0, 500), 'model.json, line 1 column 501: This is no JSON.'],
    [json.replace('"version":1', '"version":7'), 'model.json, version: The version must be 1.'],
    ['{"version":1}', 'model.json, examples: Invalid input'],
    [json.replace('"perceptrons":[[', '"perceptrons":[[0,'), 'Its parts do not fit together.'],
  ])('that is broken is refused with what is wrong and what to do', (text, message) => {
    expect(() => readModel(text, 'model.json')).toThrow(ModelError);
    expect(() => readModel(text, 'model.json')).toThrow(message);
  });

  it('is loaded from a file', async () => {
    expect(await loadModel(await fileOf(json))).toEqual(model);
    await expect(loadModel('/nowhere/model.json')).rejects.toThrow(
      '/nowhere/model.json: It cannot be read (ENOENT). `bot intents train` writes it.',
    );
  });

  it('that is broken is reported, and another recogniser answers', async () => {
    const reports: ModelError[] = [];
    const report = (error: ModelError): void => void reports.push(error);
    const file = await fileOf('{');
    const opened = await openLocalRecogniser({ file, instead: keywords, report });
    expect(await opened.recognise(input('giá?'))).toEqual([{ name: 'price', confidence: 1 }]);
    expect(reports.map((error) => error.file)).toEqual([file]);
  });

  it('that is whole answers itself, without a report', async () => {
    const report = (error: ModelError): void => expect.fail(error.message);
    const file = await fileOf(json);
    const opened = await openLocalRecogniser({ file, instead: keywords, report });
    expect((await opened.recognise(input('hello')))[0]?.name).toBe('greeting');
  });
});
