import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { said } from './answers.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const tea = { id: '100000000000001', name: 'Tiệm Trà Nhỏ', accessToken: 'tea-token' };
const coffee = { id: '200000000000002', name: 'Coffee & Co', accessToken: 'coffee-token' };
const people = [tea, coffee].flatMap(({ id: pageId }) =>
  Array.from({ length: 10 }, (_, index) => {
    const psid = `${pageId.slice(0, 1)}00000000000000${index}`;
    return { psid, name: `Khách ${psid}`, pageId };
  }),
);
const of = (page: { id: string }): string[] =>
  people.filter(({ pageId }) => pageId === page.id).map(({ psid }) => psid);

let folder: string;
let pagesFile: string;
let local: LocalStack;
const lines: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-e2e-'));
  pagesFile = join(folder, 'pages.json');
  await writeFile(pagesFile, JSON.stringify([tea, coffee]));
  local = await startLocalStack({
    logLevel: 'info',
    pagesFile,
    emulator: { pages: [tea, coffee], people },
    onLine: (line) => lines.push(line),
  });
});

afterAll(async () => {
  await local.stack.close();
  await rm(folder, { recursive: true });
});

/** Everybody of these writes; answers what they must hear, in order. */
function write(psids: readonly string[], words: readonly string[]): string[] {
  for (const word of words) for (const psid of psids) local.emulator.say(psid, word);
  return words.map((word) => `Bạn vừa nói: "${word}"`);
}

async function hear(psids: readonly string[], answers: readonly string[]): Promise<void> {
  await expect
    .poll(() => psids.map((psid) => said(local.emulator, psid, 'in').length), { timeout: 90_000 })
    .toEqual(psids.map(() => answers.length));
  for (const psid of psids) expect(said(local.emulator, psid, 'in')).toEqual(answers);
}

it('a Page whose token dies waits, the others go on, and all is answered once the file has a new one', async () => {
  const first = write([...of(tea), ...of(coffee)], ['một']);
  await hear([...of(tea), ...of(coffee)], first);

  local.emulator.replaceToken(coffee.id, 'new-coffee-token');
  const more = write([...of(tea), ...of(coffee)], ['hai', 'ba', 'bốn']);
  await hear(of(tea), [...first, ...more]);
  for (const psid of of(coffee)) expect(said(local.emulator, psid, 'in')).toEqual(first);

  const mended = [tea, { ...coffee, accessToken: 'new-coffee-token' }];
  await writeFile(pagesFile, JSON.stringify(mended));
  await hear(of(coffee), [...first, ...more]);
  const log = lines.join('\n');
  expect(log).toContain('the Pages were read again');
  for (const token of ['tea-token', 'coffee-token']) expect(log).not.toContain(token);
});
