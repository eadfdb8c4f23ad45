import { mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesFile, type PagesFile } from './pages-file.ts';
import { parsePages } from './page-settings.ts';

const tea = { id: '100000000000001', accessToken: 'tea-token', name: 'Tiệm Trà Nhỏ' };
const coffee = { id: '200000000000002', accessToken: 'coffee-token', sendsPerSecond: 50 };

let folder: string;
let path: string;
let pages: PagesFile;
let heard: string[];
let next: PromiseWithResolvers<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
  path = join(folder, 'pages.json');
  heard = [];
  next = Promise.withResolvers();
  await write(path, [tea]);
});

afterEach(async () => {
  pages.close();
  await rm(folder, { recursive: true });
});

function write(file: string, content: unknown): Promise<void> {
  return writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

function open(): void {
  const hear = (what: string): void => {
    heard.push(what);
    next.resolve();
    next = Promise.withResolvers();
  };
  pages = openPagesFile({
    path,
    intervalMs: 10,
    onChange: (count) => hear(`${count} Pages`),
    onProblem: hear,
  });
}

/** Resolves when the file was looked at after the change, and something was said of it. */
async function after(change: Promise<void>): Promise<void> {
  const said = next.promise;
  await change;
  await said;
}

describe('a file of Pages', () => {
  it('is read, and read again when it changes; what did not change stays the same', async () => {
    open();
    const before = pages.get(tea.id);
    expect(before).toEqual({ accessToken: 'tea-token', name: 'Tiệm Trà Nhỏ' });
    await after(write(path, [coffee, tea]));
    expect(pages.get(coffee.id)?.accessToken).toBe('coffee-token');
    expect(pages.get(tea.id)).toBe(before);
    await after(write(path, [{ ...tea, accessToken: 'new-token' }]));
    expect(pages.get(tea.id)?.accessToken).toBe('new-token');
    expect(pages.get(coffee.id)).toBeUndefined();
    expect(heard).toEqual(['2 Pages', '1 Pages']);
  });

  it('that is replaced, or whose link is turned elsewhere, is read again', async () => {
    await write(join(folder, 'first.json'), [tea]);
    await write(join(folder, 'second.json'), [tea, coffee]);
    await unlink(path);
    await symlink(join(folder, 'first.json'), path);
    open();
    const turned = join(folder, 'turned');
    await symlink(join(folder, 'second.json'), turned);
    await after(rename(turned, path));
    expect(pages.get(coffee.id)?.sendsPerSecond).toBe(50);
  });

  it('that is wrong or gone is not taken, and says why without a value of it', async () => {
    open();
    await after(write(path, '[{"id": "100000000000001", "accessToken": "geheim'));
    await after(write(path, [{ ...tea, accessToken: 'ge heim' }]));
    await after(unlink(path));
    const file = `The file of Pages, ${path}: `;
    expect(heard).toEqual([
      `${file}is no JSON`,
      `${file}[0][accessToken] must have no spaces`,
      `${file}cannot be read (ENOENT)`,
    ]);
    expect(pages.get(tea.id)?.accessToken).toBe('tea-token');
    await after(write(path, [coffee]));
    expect(pages.get(tea.id)).toBeUndefined();
  });

  it.each([
    ['{}', /expected array/],
    ['[]', /at least one Page/],
    ['[{"id":1,"accessToken":"a"}]', /^\[0\]\[id\]/],
    ['[{"id":"x","accessToken":"a"}]', /^\[0\]\[id\] must be the id of a Page/],
    ['[{"id":"1"}]', /^\[0\]\[accessToken\]/],
    ['[{"id":"1","accessToken":"a","token":"b"}]', /token/],
    ['[{"id":"1","accessToken":"a","sendsPerSecond":0}]', /sendsPerSecond/],
    ['[{"id":"1","accessToken":"a"},{"id":"1","accessToken":"b"}]', /each Page once/],
  ])('may not say %s', (text, reason) => {
    open();
    expect(() => parsePages(text)).toThrow(reason);
  });
});
