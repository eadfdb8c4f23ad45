import {
  createPassages,
  type MarkdownFile,
  type Passage,
  type PassageDatabase,
} from '@bot/nlp/model';
import { isSure } from './sureness.ts';
import { contentWordsOf, type Language } from './words.ts';

/** An answer, in the words of a page. */
export interface HelpAnswer {
  readonly text: string;
  /** The headings that it stands under, such as `Giao hàng › Phí giao hàng`. */
  readonly from: string;
}

/** What is asked, and what is known of it. */
export interface Question {
  readonly text: string;
  readonly language: Language;
  /** What a recogniser takes it to be about, the likeliest first; what is no page is passed over. */
  readonly topics: readonly string[];
  readonly signal: AbortSignal;
}

/** A folder of Markdown that answers. */
export interface HelpPages {
  /**
   * The passage that answers, or nothing when none surely does. While the database is away, a
   * question about a known page is answered by how the page begins.
   */
  answer(question: Question): Promise<HelpAnswer | undefined>;
}

/** More than those of one language, for a word may stand in both. */
const MOST_FOUND = 20;

/** Takes pages such as `vi/delivery.md` into the database, with the first question or before it. */
export function createHelpPages(options: {
  readonly files: readonly MarkdownFile[];
  readonly database: PassageDatabase;
  /** Told why they cannot be searched. */
  readonly report: (error: unknown) => void;
}): HelpPages & { load(): Promise<void> } {
  const { files, database, report } = options;
  const beginnings = new Map(files.map(({ file, text }) => [file, beginningOf(text)]));
  const passages = createPassages({ database, table: 'support_desk_passages' });
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    loading ??= (async () => {
      await passages.prepare();
      await passages.load(files);
    })();
    return loading.catch((error: unknown) => {
      // The next question tries again.
      loading = undefined;
      throw error;
    });
  }

  async function search({ text, language, signal }: Question): Promise<readonly Passage[]> {
    try {
      await load();
      const words = contentWordsOf(text, language).join(' ');
      return await passages.search(words, { limit: MOST_FOUND, signal });
    } catch (error) {
      signal.throwIfAborted();
      report(error);
      return [];
    }
  }

  return {
    load: () => load().catch(report),
    async answer(question) {
      const { text, language, topics } = question;
      const page = topics
        .map((topic) => `${language}/${topic}.md`)
        .find((file) => beginnings.has(file));
      const found = await search(question);
      const best = found.find(({ id }) => id.startsWith(page ?? `${language}/`));
      if (page !== undefined) return answerOf(best ?? beginnings.get(page));
      return best !== undefined && isSure(text, best, language) ? answerOf(best) : undefined;
    },
  };
}

type Part = Pick<Passage, 'headings' | 'text'>;

function answerOf(part: Part | undefined): HelpAnswer | undefined {
  return part && { text: part.text, from: part.headings.join(' › ') };
}

/** What stands between a page's title and its next heading. */
function beginningOf(markdown: string): Part {
  const [, title = '', text = ''] = /^# (.+)\n([^#]*)/.exec(markdown) ?? [];
  return { headings: [title], text: text.trim() };
}
