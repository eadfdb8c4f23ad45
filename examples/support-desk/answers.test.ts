import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMarkdown } from '@bot/nlp/model';
import { expect, it } from 'vitest';
import { createLanguageSense } from './language.ts';

const here = import.meta.dirname;
const files = await readMarkdown(join(here, 'answers'));
const pagesOf = (language: string): string[] =>
  files
    .map(({ file }) => file.split('/'))
    .flatMap(([of, page = '']) => (of === language ? [page] : []));

it('has each page in both languages, beginning with its title and what it is about', () => {
  expect(pagesOf('vi')).toEqual(pagesOf('en'));
  for (const { file, text } of files) expect.soft(text, file).toMatch(/^# .+\n\n[^#\n].{40,}\n/);
});

it('learns for each page that is known by its intent, and for wishes', async () => {
  const { intents } = JSON.parse(await readFile(join(here, 'intents.json'), 'utf8')) as {
    intents: object;
  };
  const wishes = new Set(['greeting', 'thanks', 'talk-to-human', 'book-callback']);
  const pages = Object.keys(intents).filter((name) => !wishes.has(name));
  expect(pagesOf('vi')).toEqual(expect.arrayContaining(pages.map((name) => `${name}.md`)));
});

it.each([
  ['phí ship bao nhiêu', 'vi'],
  ['phi ship bao nhieu', 'vi'],
  ['how much is shipping', 'en'],
  ['3pm tomorrow', undefined],
  ['+84 912 345 678', undefined],
  ['😀', undefined],
])('takes %j for %s', (text, language) => {
  expect(createLanguageSense(files)(text)).toBe(language);
});
