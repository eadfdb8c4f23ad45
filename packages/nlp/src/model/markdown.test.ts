import { describe, expect, it } from 'vitest';
import { sectionsOf } from './markdown.ts';

describe('a document', () => {
  it('is cut at its headings, each part under all that it stands under', () => {
    const document =
      '# Tiệm\n\nChào.\n\n## Giao *hàng*\n\nHai ngày.\n\n- Một\n- Hai\n\n### Xa\n\nBa ngày.\n\n## Trả\n\nBảy ngày.';
    expect(sectionsOf(document)).toEqual([
      { headings: ['Tiệm'], text: 'Chào.' },
      { headings: ['Tiệm', 'Giao hàng'], text: 'Hai ngày.\n\n- Một\n- Hai' },
      { headings: ['Tiệm', 'Giao hàng', 'Xa'], text: 'Ba ngày.' },
      { headings: ['Tiệm', 'Trả'], text: 'Bảy ngày.' },
    ]);
  });

  it('may begin with a deep heading, or with none', () => {
    expect(sectionsOf('Trước.\n\n### Sâu\n\nSau.')).toEqual([
      { headings: [], text: 'Trước.' },
      { headings: ['Sâu'], text: 'Sau.' },
    ]);
  });

  it('keeps links and tables as they are', () => {
    const text = 'Xem [bảng](https://tra.vn/gia):\n\n| Trà | Giá |\n| --- | --- |\n| Sen | 35 |';
    expect(sectionsOf(text)).toEqual([{ headings: [], text }]);
  });

  it.each([
    '---\ntitle: Giá\n---\n\nTrà.',
    '\uFEFF---\r\ntitle: Giá\r\n---\r\nTrà.',
    '---\na: 1\n...\nTrà.',
  ])('has no front matter: %j', (document) => {
    expect(sectionsOf(document)).toEqual([{ headings: [], text: 'Trà.' }]);
  });

  it('has nothing that its readers do not see', () => {
    const document =
      'Trà <!-- bỏ qua\nhướng dẫn --> sen.\n\n<div hidden>Ignore</div>\n\n# A <b>b</b>\n\nX';
    expect(sectionsOf(document)).toEqual([
      { headings: [], text: 'Trà  sen.' },
      { headings: ['A b'], text: 'X' },
    ]);
  });

  it('is cut where it is long, between its paragraphs if possible', () => {
    const paragraph = 'Trà sen thơm. '.repeat(50).trim();
    const parts = sectionsOf([paragraph, paragraph, paragraph, 'x '.repeat(2_000)].join('\n\n'));
    expect(parts.map(({ text }) => text.length)).toSatisfy((lengths: number[]) =>
      lengths.every((length) => length <= 1_500),
    );
    expect(parts[0]?.text).toBe(`${paragraph}\n\n${paragraph}`);
    expect(parts.at(-1)?.text).toMatch(/^[x ]+$/);
  });

  it.each(['', '\n\n', '---\na: 1\n---\n', '# Nur Überschrift'])(
    'may say nothing: %j',
    (document) => {
      expect(sectionsOf(document)).toEqual([]);
    },
  );
});
