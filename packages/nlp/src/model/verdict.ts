import { splitText } from '@bot/graph-client/builders';
import { z } from 'zod';
import { leaks } from './answer-instructions.ts';
import { keepContactsOf } from './contacts.ts';
import { visible } from './data-message.ts';
import type { ModelAnswer } from './guarded-model.ts';
import type { Passage } from './passages.ts';

/** What the model is asked to say. */
interface RawAnswer {
  readonly kind: 'answer' | 'unsure' | 'human' | 'refuse';
  readonly text: string;
  readonly sources: readonly string[];
}

export const answerSchema: z.ZodType<RawAnswer> = z.object({
  kind: z.enum(['answer', 'unsure', 'human', 'refuse']),
  text: z.string(),
  sources: z.array(z.string()),
});

/** An answer that can be said. */
export interface Answered {
  readonly kind: 'answered';
  /** Plain text that fits into one message of Messenger's. */
  readonly text: string;
  /** The passages that it rests on; none when it rests on what a tool answered. */
  readonly sources: readonly Passage[];
}

/** What is made of it. */
export type Verdict =
  | Answered
  | { readonly kind: 'asked' }
  | { readonly kind: 'unsure'; readonly reason: UnsureReason }
  | { readonly kind: 'refused'; readonly reason: 'by-model' | 'leak' };

/** Why an answer is not to be relied on. */
export type UnsureReason =
  /** No document fits the question; the model was not asked. */
  | 'no-passages'
  /** The model said so. */
  | 'by-model'
  /** The person wants a human, and nobody was to be called. */
  | 'human-wanted'
  /** The answer names no source. */
  | 'no-source'
  /** The answer names a source that it was not given. */
  | 'unknown-source'
  /** Nothing is left of the answer. */
  | 'empty';

/** What the answer is held against. */
export interface Evidence {
  /** By the ids under which the model got them. */
  readonly passages: ReadonlyMap<string, Passage>;
  /** The instructions' own part and mark. */
  readonly secret: { readonly own: string; readonly mark: string };
}

const MOST_CHARACTERS = 2_000;

/** Judges what the model said; it is never said as it is. */
export function judge(
  { value, toolResults }: ModelAnswer<RawAnswer>,
  { passages, secret }: Evidence,
  removed: (contacts: number) => void,
): Verdict {
  if (value.kind === 'unsure') return { kind: 'unsure', reason: 'by-model' };
  if (value.kind === 'human') return { kind: 'asked' };
  if (value.kind === 'refuse') return { kind: 'refused', reason: 'by-model' };

  const said = visible(value.text);
  if (leaks(said, secret)) return { kind: 'refused', reason: 'leak' };

  const results = new Map(toolResults.map(({ tool, output }) => [`tool:${tool}`, output]));
  const cited = [...new Set(value.sources)];
  if (cited.length === 0) return { kind: 'unsure', reason: 'no-source' };
  if (!cited.every((id) => passages.has(id) || results.has(id))) {
    return { kind: 'unsure', reason: 'unknown-source' };
  }

  const sources = cited.flatMap((id) => passages.get(id) ?? []);
  const texts = [
    ...sources.flatMap(({ headings, text }) => [...headings, text]),
    ...cited.flatMap((id) => JSON.stringify(results.get(id)) ?? []),
  ];
  const checked = keepContactsOf(texts, said);
  if (checked.removed > 0) removed(checked.removed);
  if (!/[\p{L}\p{N}]/u.test(checked.text)) return { kind: 'unsure', reason: 'empty' };
  return { kind: 'answered', text: cut(checked.text), sources };
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const [first = ''] = splitText(text, MOST_CHARACTERS - 1);
  return `${first}…`;
}
