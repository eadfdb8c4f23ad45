import type { Evaluation, IntentFigures, Outcomes } from '@bot/nlp';
import { formatTable } from './table.ts';

/** An evaluation for people: an intent a line, the sums, and what was taken for what. */
export function linesOf(evaluation: Evaluation, width: number): string[] {
  const { intents, learned, keywords, none, accuracy } = evaluation;
  const sentences = intents.reduce((sum, one) => sum + one.sentences, 0);
  return [
    ...formatTable(intentColumns, intents.map(rowOf), width),
    '',
    `Sentences:        ${sentences} of ${intents.length} intents, and ${totalOf(none.learned)} of none`,
    `Accuracy:         ${(100 * accuracy).toFixed(1)}% by the likeliest guess`,
    '',
    ...formatTable(
      sumColumns,
      [sumOf('learned', learned, none.learned), sumOf('by keyword', keywords, none.keywords)],
      width,
    ),
    '',
    'Which intent (a line) was taken for which (a column, by its number); 0 is none of them:',
    ...confusionTable(evaluation),
  ];
}

const titled = (...titles: readonly string[]): { title: string }[] =>
  titles.map((title) => ({ title }));
const intentColumns = [
  { title: 'INTENT', mayShrink: true },
  ...titled('SENTENCES', 'ACCURACY', 'RIGHT', 'WRONG', 'UNSURE', 'BY KEYWORD'),
];
const sumColumns = titled('', 'RIGHT', 'WRONG', 'UNSURE', 'RIGHT OF ANSWERED', 'NONE ANSWERED');

function rowOf({ intent, sentences, guessedRight, learned, keywords }: IntentFigures): string[] {
  const { right, wrong, unsure } = learned;
  const counts = [right, wrong, unsure].map(String);
  const accuracy = percent(guessedRight, sentences);
  return [intent, String(sentences), accuracy, ...counts, percent(keywords.right, sentences)];
}

function sumOf(name: string, outcomes: Outcomes, none: Outcomes): string[] {
  const { right, wrong, unsure } = outcomes;
  const all = totalOf(outcomes);
  const shares = [right, wrong, unsure].map((count) => `${count} (${percent(count, all)})`);
  const answered = `${none.right + none.wrong} of ${totalOf(none)}`;
  return [name, ...shares, percent(right, right + wrong), answered];
}

function confusionTable({ intents, confusion }: Evaluation): string[] {
  const names = [...intents.map(({ intent }) => intent), undefined];
  const number = (index: number): string => String((index + 1) % names.length);
  const counts = new Map(
    confusion.map(({ intent, guess, count }) => [JSON.stringify([intent, guess]), String(count)]),
  );
  const rows = names.map((intent, index) => {
    const row = names.map((guess) => counts.get(JSON.stringify([intent, guess])) ?? '.');
    return [`${number(index)} ${intent ?? 'none of them'}`].concat(row);
  });
  return formatTable(titled('', ...names.map((_, index) => number(index))), rows, Infinity);
}

const totalOf = ({ right, wrong, unsure }: Outcomes): number => right + wrong + unsure;
const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
