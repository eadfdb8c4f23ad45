import { describe, expect, it } from 'vitest';
import { formatTable } from './table.ts';

const columns = [{ title: 'NAME', mayShrink: true }, { title: 'ID' }];

describe('a table', () => {
  it.each([
    ['as one sign each', 'Tiệm Trà Nhỏ'],
    ['with marks of their own', 'Tiệm Trà Nhỏ'.normalize('NFD')],
  ])('counts Vietnamese letters as people see them, written %s', (_, name) => {
    const table = formatTable(columns, [[name, '1']], Infinity);
    expect(table).toEqual(['NAME          ID', `${name}  1`]);
  });

  it('counts wide signs twice', () => {
    const table = formatTable(
      columns,
      [
        ['茶店', '1'],
        ['☕️ ab', '2'],
      ],
      Infinity,
    );
    expect(table).toEqual(['NAME   ID', '茶店   1', '☕️ ab  2']);
  });

  it('is cut to the terminal, but for what may not shrink', () => {
    const name = 'một cái tên rất dài và dài hơn nữa'.normalize('NFD');
    const [head, line] = formatTable(columns, [[name, '100000000000001']], 32);
    expect(head).toBe('NAME             ID');
    expect(line?.normalize('NFC')).toBe('một cái tên rấ…  100000000000001');
    const [, narrow] = formatTable(columns, [[name, '100000000000001']], 5);
    expect(narrow?.normalize('NFC')).toBe('một cái…  100000000000001');
  });

  it('does not cut a wide sign in half', () => {
    expect(formatTable(columns, [['茶茶茶茶茶', '1']], 11)[1]).toBe('茶茶茶…   1');
  });

  it('lets no text steer the terminal', () => {
    const [, line] = formatTable(columns, [['a\u001B[2J\n\u009B\u202Eb', '1']], Infinity);
    expect(line).toBe('a\\u001b[2J\\u000a\\u009b\\u202eb  1');
  });
});
