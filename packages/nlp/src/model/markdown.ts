import { splitText } from '@bot/graph-client/builders';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';

/** A part of a document under one heading. */
export interface Section {
  /** The headings that it stands under, the outermost first. */
  readonly headings: readonly string[];
  /** Markdown, as the document has it. */
  readonly text: string;
}

/** Characters of a passage: a few paragraphs, so that several fit into a prompt. */
const MOST_CHARACTERS = 1_500;

const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n(?:---|\.\.\.)\r?(?:\n|$)/;
const COMMENT = /<!--[\s\S]*?-->/g;

/**
 * Cuts a document at its headings, and what is long between its paragraphs. Front matter is left
 * out, and so is HTML: what nobody sees in the document must not reach a model.
 */
export function sectionsOf(markdown: string): Section[] {
  const source = markdown
    .replace(/^\uFEFF/, '')
    .replace(FRONT_MATTER, '')
    .replaceAll(COMMENT, '');
  const sections: { headings: readonly string[]; blocks: string[] }[] = [];
  let path: readonly string[] = [];
  const begin = (): void => void sections.push({ headings: path.filter(Boolean), blocks: [] });
  begin();
  for (const node of fromMarkdown(source).children) {
    if (node.type === 'heading') {
      const title = toString(node, { includeHtml: false }).trim();
      path = [...Array.from({ length: node.depth - 1 }, (_, at) => path[at] ?? ''), title];
      begin();
    } else if (node.type !== 'html') {
      const { start, end } = node.position ?? {};
      sections.at(-1)?.blocks.push(source.slice(start?.offset, end?.offset));
    }
  }
  return sections.flatMap(({ headings, blocks }) =>
    packed(blocks.flatMap((block) => splitText(block, MOST_CHARACTERS))).map((text) => ({
      headings,
      text,
    })),
  );
}

/** Joins blocks while they fit together. */
function packed(blocks: readonly string[]): string[] {
  const texts: string[] = [];
  for (const block of blocks) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + block.length + 2 <= MOST_CHARACTERS) {
      texts[texts.length - 1] = `${last}\n\n${block}`;
    } else {
      texts.push(block);
    }
  }
  return texts;
}
