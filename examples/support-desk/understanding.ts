import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalRecogniser, readExamples, trainModel, type LocalRecogniser } from '@bot/nlp';

/**
 * Learns from `intents.json` what people mean. So few examples are learned in half a second, at the
 * start; a Page with thousands of them has a model made beforehand by `bot intents train`.
 */
export function learnIntents(): LocalRecogniser {
  const file = join(import.meta.dirname, 'intents.json');
  return createLocalRecogniser(trainModel(readExamples(readFileSync(file, 'utf8'), file)));
}
