import { describe, expect, it } from 'vitest';
import { ExamplesError } from './errors.ts';
import { readExamples } from './examples.ts';

const read = (data: unknown): unknown => readExamples(JSON.stringify(data), 'examples.json');
const price = { examples: ['giá sao'] };

describe('a file of examples', () => {
  it('needs nothing but an intent with a sentence', () => {
    expect(read({ intents: { price } })).toEqual({
      intents: { price: { examples: ['giá sao'], keywords: [] } },
      none: [],
      terms: {},
    });
  });

  it.each([
    [
      { intents: { price: { examples: ['giá', 3] } } },
      'examples.json, intents.price.examples[1]: Invalid input: expected string, received number. Mend the file; README.md of @bot/nlp shows its form.',
    ],
    [{ intents: {} }, 'examples.json, intents: There must be an intent.'],
    [{ intents: { price: { examples: [] } } }, 'examples.json, intents.price.examples: '],
    [{ intents: { price }, nones: [] }, 'Unrecognized key: "nones".'],
    [{ intents: { '1a': price } }, 'intents.1a: A name has letters'],
    [{ intents: { price: { examples: ['  '] } } }, 'A phrase must not be empty.'],
    [
      { intents: { price, order: { examples: ['GIA  sao'] } } },
      'examples.json, intents.order.examples[0]: The same stands at intents.price.examples[0], so that neither can be learned. Take one of them away.',
    ],
    [{ intents: { price }, none: ['gia sao'] }, 'none[0]: The same stands at'],
  ])('is refused with file, place and remedy: %j', (data, message) => {
    expect(() => read(data)).toThrow(ExamplesError);
    expect(() => read(data)).toThrow(message);
  });

  it('is refused in one line, without what stands there, when it is cut off or no JSON', () => {
    const cutOff = '{\n  "intents": { "price": {';
    expect(() => readExamples(cutOff, 'a.json')).toThrow(
      'a.json, line 2 column 26: This is no JSON.',
    );
    const wrong = '{\n  "intents": bí mật }';
    expect(() => readExamples(wrong, 'a.json')).toThrow(
      /^a\.json, line 2 column 14: This is no JSON\. Mend the file; [^\n]*$/,
    );
    expect(() => readExamples(wrong, 'a.json')).not.toThrow(/bí mật/);
  });
});
