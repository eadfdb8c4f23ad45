import { describe, expect, it } from 'vitest';
import { formatModel } from './intent-model.ts';
import { createLocalRecogniser } from './local-recogniser.ts';
import { small } from './support.test-setup.ts';
import { trainModel } from './training.ts';

describe('training', () => {
  it('gives the same bytes for the same examples, and others for others', () => {
    const model = formatModel(trainModel(small));
    expect(formatModel(trainModel(structuredClone(small)))).toBe(model);
    const more = { ...small, none: [...small.none, 'ăn cơm chưa'] };
    expect(formatModel(trainModel(more))).not.toBe(model);
  });

  it('says of which examples a model is', () => {
    const { examples } = trainModel(small);
    expect(examples).toMatch(/^[0-9a-f]{64}$/);
    expect(trainModel({ ...small, terms: {} }).examples).not.toBe(examples);
  });

  it('knows intents whose names are those of every object', () => {
    const { price, greeting } = small.intents;
    if (price === undefined || greeting === undefined) throw new Error('no intents');
    const model = trainModel({ ...small, intents: { constructor: price, toString: greeting } });
    expect(createLocalRecogniser(model).intents('giá bao nhiêu')[0]?.name).toBe('constructor');
  });
});
