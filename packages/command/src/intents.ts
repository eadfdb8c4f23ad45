import { evaluate, formatModel, readExamples, trainModel, type Examples } from '@bot/nlp';
import { TroubleError, type Verdict } from './context.ts';
import type { Files } from './files.ts';
import { linesOf } from './intent-report.ts';
import type { Output } from './output.ts';

/** What a command that works on files alone is given. */
export interface FileContext {
  readonly files: Files;
  readonly output: Output;
}

/** `bot intents train` */
export async function trainIntents(
  { files, output }: FileContext,
  path: string,
  { out }: { readonly out: string },
): Promise<Verdict> {
  const examples = await read(files, path);
  const model = trainModel(examples);
  const text = formatModel(model);
  await files.write(out, text);
  const sentences = Object.values(examples.intents).reduce(
    (sum, intent) => sum + intent.examples.length,
    examples.none.length,
  );
  const intents = model.intents.length;
  const data = {
    out,
    intents,
    sentences,
    bytes: Buffer.byteLength(text),
    examples: model.examples,
  };
  output.show(data, () => [
    `${out}: ${intents} intents from ${sentences} sentences, ${data.bytes} bytes.`,
  ]);
  return 'well';
}

/** What `bot intents test` takes. */
export interface TestOptions {
  readonly heldOut: string;
  /** The accuracy that makes it well, from 0 to 1. */
  readonly atLeast?: number;
  /** How sure an answer must be. */
  readonly confidence?: number;
}

/** `bot intents test` */
export async function testIntents(
  { files, output }: FileContext,
  path: string,
  { heldOut: heldOutPath, atLeast = 0, confidence }: TestOptions,
): Promise<Verdict> {
  const examples = await read(files, path);
  const heldOut = await read(files, heldOutPath);
  refuseUnknown(examples, heldOut, heldOutPath);
  const evaluation = evaluate({
    model: trainModel(examples),
    examples,
    heldOut,
    ...(confidence === undefined ? {} : { atLeast: confidence }),
  });
  const isWell = evaluation.accuracy >= atLeast;
  output.show({ ok: isWell, ...evaluation }, (width) => linesOf(evaluation, width));
  if (!isWell) {
    const reached = evaluation.accuracy.toFixed(3);
    output.complain(
      `The accuracy is ${reached}, below ${atLeast}: add examples of what the table shows as confused.`,
    );
  }
  return isWell ? 'well' : 'trouble';
}

async function read(files: Files, path: string): Promise<Examples> {
  let json: string;
  try {
    json = await files.read(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new TroubleError(`${path}: It cannot be read (${code}). Name a file of examples.`, {
      cause: error,
    });
  }
  return readExamples(json, path);
}

/** A name written in two ways would count as wrong in every sentence. */
function refuseUnknown(examples: Examples, heldOut: Examples, path: string): void {
  const unknown = Object.keys(heldOut.intents).find(
    (name) => !Object.hasOwn(examples.intents, name),
  );
  if (unknown === undefined) return;
  throw new TroubleError(
    `${path}, intents.${unknown}: The examples have no such intent. Name it as they do, or add examples.`,
  );
}
