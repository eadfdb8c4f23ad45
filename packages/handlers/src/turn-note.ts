import type { BotEvent } from './event.ts';

/** What a turn came to, for whoever counts it: names that the bot's code gave, nothing that a person wrote. */
export type TurnNote =
  /** The handler of an intent took what was written. */
  | { readonly kind: 'intent'; readonly name: string; readonly confidence: number }
  /** Nothing but `otherwise` took what a person said, or nothing at all. */
  | { readonly kind: 'unanswered' }
  /** A flow asked another question, has all its answers, or was left: by a word, by silence or for another flow. */
  | {
      readonly kind: 'flow';
      readonly flow: string;
      /** The question that was asked, or open. */
      readonly step: string;
      readonly change: 'asked' | 'finished' | 'left';
    }
  /** The bot fell silent, since somebody else answers. */
  | { readonly kind: 'takeover'; readonly by: 'human' | 'app' }
  /** The bot may answer again. */
  | { readonly kind: 'released' };

/** What came of one event. */
export interface TurnOutcome {
  /** The event of the turn: of several texts that were answered together, the last with all the words. */
  readonly event: BotEvent;
  readonly notes: readonly TurnNote[];
}

const notes = new WeakMap<object, TurnNote[]>();

export function noteDown(turn: object, note: TurnNote): void {
  const noted = notes.get(turn);
  if (noted === undefined) notes.set(turn, [note]);
  else noted.push(note);
}

export const notesOf = (turn: object): readonly TurnNote[] => notes.get(turn) ?? [];

/** What came of an event and of those that were handled with it, each named once. */
export function outcomesOf(
  event: BotEvent,
  note: TurnNote | undefined,
  turns: readonly { readonly event: BotEvent }[],
): TurnOutcome[] {
  const outcomes = new Map<string, { event: BotEvent; notes: TurnNote[] }>();
  const add = (about: BotEvent, added: readonly TurnNote[]): void => {
    const { event: known, notes: before } = outcomes.get(about.id) ?? { event: about, notes: [] };
    if (added.length > 0) outcomes.set(about.id, { event: known, notes: [...before, ...added] });
  };
  if (note !== undefined) add(event, [note]);
  for (const turn of turns) add(turn.event, notesOf(turn));
  return [...outcomes.values()];
}
