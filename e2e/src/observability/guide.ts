import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../deploy/repository.ts';

const folder = join(repository, 'docs/operations');

/** The pages of the guide, each of an alert, by file. */
export function readGuide(): ReadonlyMap<string, string> {
  const files = readdirSync(folder).toSorted();
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** What a text quotes as code, on one line each. */
export function quotesOf(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, quote = '']) => quote.replaceAll(/\s+/g, ' '));
}

/** What pages quote of the log: sentences, where they speak of it. */
export function logLinesOf(text: string): string[] {
  const paragraphs = text.split(/\n\n|\n(?=\d\. )/).filter((part) => /\blog\b/.test(part));
  const quotes = quotesOf(paragraphs.join('\n'));
  return quotes.filter((quote) => quote.includes(' ') && !/^bot |[<=…{]/.test(quote));
}
