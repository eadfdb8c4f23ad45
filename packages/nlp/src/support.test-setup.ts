import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExamples, type Examples } from './examples.ts';

/** The folder of what a shop is asked. */
export const supportFolder: string = join(import.meta.dirname, '..', 'examples', 'support');

/** A file of that folder, `examples.json` or `held-out.json`. */
export function support(file: string): Examples {
  return readExamples(readFileSync(join(supportFolder, file), 'utf8'), file);
}

/** Two intents, learned in no time. */
export const small: Examples = {
  intents: {
    price: { examples: ['giá bao nhiêu', 'bao nhiêu tiền', 'how much is it'], keywords: ['giá'] },
    greeting: { examples: ['xin chào shop', 'hello', 'chào bạn'], keywords: ['chào', 'hello'] },
  },
  none: ['trời mưa to', 'kể chuyện đi'],
  terms: { drink: { 'milk-tea': ['trà sữa', 'milk tea'] } },
};
