import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { matchKeyword } from '@bot/handlers';
import {
  createEntityFinder,
  createLocalRecogniser,
  type Examples,
  readExamples,
  trainModel,
} from '@bot/nlp';
import { compare, ownCpu, repeat, type Contender } from './compare.ts';
import type { Figure } from './result.ts';

const folder = join(import.meta.dirname, '../../packages/nlp/examples/support');

/** What it costs to understand a message, beside the keywords; and the dearest of texts. */
export async function benchRecognise(): Promise<Figure[]> {
  const examples = await read('examples.json');
  const heldOut = await read('held-out.json');
  const local = createLocalRecogniser(trainModel(examples));
  const entities = createEntityFinder();
  const now = Date.UTC(2026, 10, 26);
  const keywords = Object.values(examples.intents).map((intent) => intent.keywords);
  const understand = (text: string): unknown => [local.intents(text), entities.find(text, { now })];
  const texts = Object.values(heldOut.intents).flatMap((intent) => intent.examples);

  const each = (name: string, work: (text: string) => unknown): Contender => {
    let index = 0;
    return repeat(name, () => work(texts[(index += 1) % texts.length] ?? ''));
  };
  const found = await compare(
    'understand a message',
    [
      each('keywords', (text) => keywords.find((words) => matchKeyword(text, words))),
      each('intents', (text) => local.intents(text)),
      each('intents and entities', understand),
    ],
    { rounds: 5, count: 2_000 },
  );
  const worst = await compare(
    'understand 2,000 characters',
    Object.entries(hostile).map(([name, text]) => repeat(name, () => understand(text))),
    { rounds: 5, count: 50 },
  );
  const inMs = (values: readonly number[]): number[] => values.map((value) => value / 1_000);
  return [
    {
      what: 'understand a message: intents and entities',
      unit: 'ms',
      values: inMs(found.values('intents and entities', ownCpu.name)),
      goal: { atMost: 2, against: 'A slower machine takes longer.' },
    },
    ...Object.keys(hostile).map((name) => ({
      what: `understand 2,000 characters: ${name}`,
      unit: 'ms' as const,
      values: inMs(worst.values(name, ownCpu.name)),
      goal: {
        atMost: 2,
        against: 'The longest text that Messenger allows; a slower machine takes longer.',
      },
    })),
  ];
}

const hostile = {
  'a message, repeated': 'mai gọi lại cho mình lúc 3h chiều nhé 0912345678 '.repeat(41),
  'no space': 'a'.repeat(2_000),
  'combining marks': `e${'\u0301\u0323'.repeat(1_000)}`,
  'digits apart': '1 '.repeat(1_000),
  'numbers and dates': '0912 345 678 20/11 1tr2 '.repeat(83),
  'country codes': '+84 '.repeat(500),
};

async function read(file: string): Promise<Examples> {
  return readExamples(await readFile(join(folder, file), 'utf8'), file);
}
