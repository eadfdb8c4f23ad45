import type { JSX } from 'preact';

interface Props {
  /** The colour stays with it. */
  readonly id: string;
  readonly name: string;
  readonly class?: string;
}

export function Avatar({ id, name, class: more = '' }: Props): JSX.Element {
  return (
    <span class={`avatar ${more}`} style={{ '--hue': String(hueOf(id)) }} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** Vietnamese names are called by the last word: the last two initials say most. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).slice(-2);
  return words.map((word) => firstLetter(word).toLocaleUpperCase('vi')).join('');
}

/** As people see it: an accent, or a family of emoji, belongs to it. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter('vi').segment(word);
  return first?.segment ?? '';
}

function hueOf(id: string): number {
  return Array.from(id).reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 360, 7);
}
