import type { ColumnKind } from './report.ts';
import type { Language, Words } from './words.ts';

/** Writes values as people of a language do; nothing for what there is not. */
export function createWriting(
  language: Language,
  { seconds, noName }: Pick<Words, 'seconds' | 'noName'>,
): (value: unknown, kind: ColumnKind) => string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (value, kind) => {
    if (typeof value === 'string') return value;
    if (typeof value !== 'number') return kind === 'name' ? noName : '–';
    if (kind === 'share') return share.format(value);
    return kind === 'seconds' ? `${number.format(value)} ${seconds}` : number.format(value);
  };
}
