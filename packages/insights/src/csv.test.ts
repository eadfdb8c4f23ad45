import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';
import { unansweredTexts } from './rankings.ts';

const linesOf = (text: unknown): string =>
  csvOf({ report: unansweredTexts, rows: [{ time: '2026-01-05 08:00', page: '10', text }] });

describe('a file for spreadsheets', () => {
  it('has a mark of UTF-8, names of columns, and lines as RFC 4180 wants them', () => {
    expect(linesOf('giá bao nhiêu')).toBe(
      '\uFEFFtime,page,text\r\n2026-01-05 08:00,10,giá bao nhiêu\r\n',
    );
    expect(linesOf('một, "hai"\nba')).toContain(',"một, ""hai""\nba"\r\n');
    expect(linesOf(null)).toContain('10,\r\n');
    expect(linesOf(-1.5)).toContain('10,-1.5\r\n');
  });

  it.each([
    '=HYPERLINK("http://x.example","y")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u00A0=1',
    '＝1',
  ])('has no formula: %j', (text) => {
    expect(linesOf(text)).toContain(`10,"'${text.replaceAll('"', '""')}"\r\n`);
  });
});
