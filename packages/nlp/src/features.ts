import { fold } from '@bot/handlers';

/** What a text is made of, and how much each part counts. */
export type Features = Readonly<Record<string, number>>;

/** In UTF-16 units. What people mean stands at the beginning, and the cost must have a bound. */
export const TEXT_LIMIT = 600;
const BETWEEN = /[^\p{L}\p{N}\p{M}]+/u;

// Found by cross-validation over examples/support/examples.json.
const PAIR = 0.7;
const LETTERS = 0.4;
const ACCENTED = 0.5;

/**
 * Words, pairs of neighbours, and runs of three and four letters inside words, all without accents;
 * the runs find words that are written wrongly or together. Words with accents count once more as
 * they are. The squares of all add up to 1, so that long and short texts weigh the same.
 */
export function featuresOf(text: string): Features {
  const written = text.slice(0, TEXT_LIMIT).normalize('NFC').toLowerCase().split(BETWEEN);
  const features: Record<string, number> = {};
  let last = '';
  for (const accented of written) {
    const word = shapeDigits(fold(accented));
    if (word === '') continue;
    features[`w:${word}`] = 1;
    if (last !== '') features[`p:${last} ${word}`] = PAIR;
    if (fold(accented) !== accented) features[`a:${accented}`] = ACCENTED;
    const padded = ` ${word} `;
    for (const length of [3, 4]) {
      for (let start = 0; start + length <= padded.length; start += 1) {
        features[`l:${padded.slice(start, start + length)}`] = LETTERS;
      }
    }
    last = word;
  }
  return toUnitLength(features);
}

/** Which number it is says nothing, how long it is does: a size, a price, a phone number. */
function shapeDigits(word: string): string {
  return word.replaceAll(/\d+/g, (digits) => '0'.repeat(Math.min(digits.length, 4)));
}

function toUnitLength(features: Record<string, number>): Features {
  const length = Math.sqrt(Object.values(features).reduce((sum, value) => sum + value * value, 0));
  for (const key of Object.keys(features)) features[key] = (features[key] ?? 0) / length;
  return features;
}
