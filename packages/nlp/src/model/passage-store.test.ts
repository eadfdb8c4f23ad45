import { PGlite } from '@electric-sql/pglite';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMarkdown } from './markdown-folder.ts';
import { createPassages, type MarkdownFile, type PassageDatabase } from './passage-store.ts';

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
});

afterAll(() => database.close());

beforeEach(async () => {
  await database.exec('drop table if exists bot_passages, other');
  await createPassages({ database }).prepare();
});

const { signal } = new AbortController();
const files: MarkdownFile[] = [
  {
    file: 'doi-tra.md',
    text: '# Đổi trả\n\nBạn được đổi trả trong 7 ngày nếu còn hoá đơn.\n\n## Hoàn tiền\n\nTiền về sau 3 ngày.',
  },
  { file: 'giao-hang.md', text: '# Giao hàng\n\nGiao trong 2 ngày. Phí giao hàng 15.000 đ.' },
  { file: 'en/shipping.md', text: '# Shipping\n\nWe ship within 2 days.' },
];

async function found(query: string, limit = 5): Promise<string[]> {
  const passages = await createPassages({ database }).search(query, { limit, signal });
  return passages.map(({ id }) => id);
}

describe('passages in PostgreSQL', () => {
  it.each([
    ['đổi trả', 'doi-tra.md#1'],
    ['doi tra', 'doi-tra.md#1'],
    ['MÌNH MUỐN ĐỔI TRẢ ĐƯỢC KHÔNG?', 'doi-tra.md#1'],
    ['bao giờ hoàn tiền', 'doi-tra.md#2'],
    ['phi giao hang bao nhieu', 'giao-hang.md#1'],
    ['How long does shipping take?', 'en/shipping.md#1'],
    ["'); drop table bot_passages; -- hoá đơn", 'doi-tra.md#1'],
    ['hoá | ! & <-> :* đơn', 'doi-tra.md#1'],
  ])('are found by what a person writes: %s', async (query, first) => {
    await createPassages({ database }).load(files);
    expect((await found(query))[0]).toBe(first);
  });

  it.each(['', '?!', 'xyz', '😊'])('are not found by %j', async (query) => {
    await createPassages({ database }).load(files);
    expect(await found(query)).toEqual([]);
  });

  it('say what they stand under, and what they are', async () => {
    const passages = createPassages({ database });
    await passages.load(files);
    expect(await passages.search('hoàn tiền', { limit: 1, signal })).toEqual([
      { id: 'doi-tra.md#2', headings: ['Đổi trả', 'Hoàn tiền'], text: 'Tiền về sau 3 ngày.' },
    ]);
  });

  it('are found by rare words rather than by those that all have', async () => {
    const many = Array.from({ length: 20 }, (_each, index) => ({
      file: `${index}.md`,
      text: 'Trà của tiệm ngon, trà của tiệm thơm, trà của tiệm.',
    }));
    const rare = {
      file: 'sen.md',
      text: `Trà ướp hoa sen. ${'Chuyện khác dài dòng. '.repeat(20)}`,
    };
    await createPassages({ database }).load([...many, rare]);
    expect((await found('trà của tiệm có sen không'))[0]).toBe('sen.md#1');
  });

  it('are found up to a number, in the same order each time', async () => {
    const many = ['b', 'a', 'c'].map((name) => ({ file: `${name}.md`, text: 'Trà sen' }));
    await createPassages({ database }).load(many);
    expect(await found('trà', 2)).toEqual(['a.md#1', 'b.md#1']);
  });

  it('follow their files: added, replaced and removed, and left alone when nothing changed', async () => {
    const passages = createPassages({ database });
    const first = { added: files.map(({ file }) => file), replaced: [], removed: [] };
    expect(await passages.load(files)).toEqual(first);
    const rows = async (): Promise<unknown[]> => {
      const { rows: all } = await database.query(
        'select xmin::text, * from bot_passages order by 2, 4',
      );
      return all;
    };
    const before = await rows();
    expect(await passages.load(files)).toEqual({ added: [], replaced: [], removed: [] });
    expect(await rows()).toEqual(before);

    const [returns, , english] = files as [MarkdownFile, MarkdownFile, MarkdownFile];
    const changed = { ...returns, text: '# Đổi trả\n\nKhông đổi trả.' };
    const pickup = { file: 'tai-quay.md', text: 'Nhận tại quầy.' };
    expect(await passages.load([changed, english, pickup])).toEqual({
      added: ['tai-quay.md'],
      replaced: ['doi-tra.md'],
      removed: ['giao-hang.md'],
    });
    expect(await found('đổi trả hoàn tiền giao quầy ngày')).toEqual([
      'doi-tra.md#1',
      'tai-quay.md#1',
    ]);
  });

  it('are replaced all at once, or not at all', async () => {
    await createPassages({ database }).load(files);
    const statements: string[] = [];
    const broken: PassageDatabase = {
      query(text, parameters) {
        statements.push(text);
        const wrong = parameters.map((each) =>
          String(each).replace('"position":1', '"position":null'),
        );
        return database.query(text, wrong);
      },
    };
    const changed = files.map((each) => ({ ...each, text: `${each.text}\n\nMới.` }));
    await expect(createPassages({ database: broken }).load(changed)).rejects.toThrow('not-null');
    expect(statements).toHaveLength(2);
    expect(await found('đổi trả')).toContain('doi-tra.md#1');
  });

  it('can be prepared and loaded by several processes at once', async () => {
    const both = [createPassages({ database }), createPassages({ database })];
    await Promise.all(both.map((each) => each.prepare()));
    await Promise.all(both.map((each) => each.load(files)));
    expect(await found('đổi trả', 1)).toEqual(['doi-tra.md#1']);
  });

  it('may have a table of another name, and no statement for a name', async () => {
    const other = createPassages({ database, table: 'other' });
    await other.prepare();
    await other.load(files);
    expect(await other.search('đổi trả', { limit: 1, signal })).toHaveLength(1);
    expect(await found('đổi trả')).toEqual([]);
    expect(() => createPassages({ database, table: 'x; drop table y' })).toThrow(RangeError);
  });
});

describe('a folder of Markdown', () => {
  it('is read with the folders in it, without what begins with a dot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'documents-'));
    await mkdir(join(folder, 'en'));
    await mkdir(join(folder, '..2026_11_26'));
    for (const name of ['b.md', 'en/a.MD', '..2026_11_26/b.md', '.hidden.md', 'note.txt']) {
      await writeFile(join(folder, name), name);
    }
    expect(await readMarkdown(folder)).toEqual([
      { file: 'b.md', text: 'b.md' },
      { file: 'en/a.MD', text: 'en/a.MD' },
    ]);
    await rm(folder, { recursive: true });
    await expect(readMarkdown(folder)).rejects.toThrow('ENOENT');
  });
});
