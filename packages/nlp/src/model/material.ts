import type { Clock } from '@bot/handlers';
import { failureOf, ModelFailure } from './failure.ts';
import type { ModelObserver } from './observer.ts';
import type { Passage, Passages } from './passages.ts';
import { withinTime } from './time-limit.ts';

/** Something that was said in a conversation. */
export interface Said {
  readonly by: 'person' | 'page';
  readonly text: string;
}

/** What was said before. */
export interface History {
  /** The last that was said, the oldest first. */
  recent(
    conversation: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<readonly Said[]>;
}

/** What a question is answered from. */
export interface Material {
  readonly said: readonly Said[];
  readonly passages: readonly Passage[];
}

/** Where the material comes from. */
export interface MaterialSources {
  readonly passages: Passages;
  readonly history: History | undefined;
  readonly mostPassages: number;
  readonly mostSaid: number;
  readonly clock: Clock;
  readonly observer: ModelObserver;
}

/** Of the time for the whole answer, so that a slow database leaves the model some. */
const HISTORY_MS = 1_000;
const SEARCH_MS = 2_000;

/**
 * Reads the history, and looks for passages.
 *
 * @throws {ModelFailure} `passages` when they cannot be searched. Without the history it goes on.
 */
export async function gather(
  sources: MaterialSources,
  { conversation, text, signal }: { conversation: string; text: string; signal: AbortSignal },
): Promise<Material> {
  const { passages, history, mostPassages, mostSaid, clock, observer } = sources;

  async function remember(): Promise<readonly Said[]> {
    if (history === undefined) return [];
    try {
      return await withinTime({ clock, limitMs: HISTORY_MS, signal }, (limited) =>
        history.recent(conversation, { limit: mostSaid, signal: limited }),
      );
    } catch {
      observer.historyFailed?.();
      return [];
    }
  }

  async function search(query: string): Promise<readonly Passage[]> {
    try {
      return await withinTime({ clock, limitMs: SEARCH_MS, signal }, (limited) =>
        passages.search(query, { limit: mostPassages, signal: limited }),
      );
    } catch {
      throw signal.aborted ? failureOf(signal.reason) : new ModelFailure('passages');
    }
  }

  const said = (await remember()).slice(-mostSaid);
  const found = await search(text);
  const before = said.findLast(({ by }) => by === 'person');
  // "Còn màu đỏ thì sao?" is understood with what it follows.
  const isFollowUp = found.length === 0 && before !== undefined;
  const all = isFollowUp ? await search(`${before.text} ${text}`) : found;
  return { said, passages: all.slice(0, mostPassages) };
}
