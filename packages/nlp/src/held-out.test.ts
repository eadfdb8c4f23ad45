import { join } from 'node:path';
import { fold } from '@bot/handlers';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluation.ts';
import { sentencesOf } from './examples.ts';
import { support, supportFolder } from './support.test-setup.ts';
import { trainModel } from './training.ts';

const examples = support('examples.json');
const heldOut = support('held-out.json');

/** Three letters in a row, across words. */
function runsOf(text: string): Set<string> {
  const folded = ` ${wordsOf(text).join(' ')} `;
  return new Set(Array.from({ length: folded.length - 2 }, (_, at) => folded.slice(at, at + 3)));
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((run) => other.has(run)).length;
  return shared / (one.size + other.size - shared);
}

describe('the held-out sentences of a shop', () => {
  it('are at least 600 of 20 intents, 30 of each, and some of none', () => {
    const intents = Object.values(heldOut.intents).map((intent) => intent.examples.length);
    expect(intents).toHaveLength(20);
    expect(Math.min(...intents)).toBeGreaterThanOrEqual(30);
    expect(intents.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(600);
    expect(heldOut.none.length).toBeGreaterThanOrEqual(50);
    expect(Object.keys(examples.intents)).toEqual(Object.keys(heldOut.intents));
  });

  it('are none of the examples, nor nearly one: as many as three in four runs of letters', () => {
    const learned = [...sentencesOf(examples)].map(({ text }) => ({
      text,
      runs: runsOf(text),
      words: wordsOf(text).toSorted().join(' '),
    }));
    const copies = [...sentencesOf(heldOut)].filter(({ text }) => {
      const runs = runsOf(text);
      const words = wordsOf(text).toSorted().join(' ');
      return learned.some(
        (one) =>
          one.text === text ||
          (words !== '' && one.words === words) ||
          (words !== '' && likeness(one.runs, runs) >= 0.75),
      );
    });
    expect(copies).toEqual([]);
  });

  /** `vitest -u` writes what changed into the file; the README has the sums. */
  it('are understood as examples/support/accuracy.json says', { timeout: 120_000 }, async () => {
    const found = evaluate({ model: trainModel(examples), examples, heldOut });
    const { accuracy, learned, keywords, none, intents } = found;
    expect(accuracy).toBeGreaterThan(0.9);
    expect(learned.right).toBeGreaterThan(keywords.right);
    const byIntent = Object.fromEntries(
      intents.map(({ intent, sentences, guessedRight }) => [intent, { sentences, guessedRight }]),
    );
    const written = { accuracy, learned, keywords, none, byIntent };
    await expect(`${JSON.stringify(written, undefined, 2)}\n`).toMatchFileSnapshot(
      join(supportFolder, 'accuracy.json'),
    );
  });
});
