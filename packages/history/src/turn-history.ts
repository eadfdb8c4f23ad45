import type { History } from './history.ts';
import type { HistoryMessage } from './message.ts';
import type { Person } from './person.ts';

/** What a turn asks: see `TurnPorts.history` of `@bot/handlers`. */
export interface TurnRequest {
  readonly conversation: Person;
  /** The event being handled. */
  readonly event: { readonly id: string };
  readonly most: number;
}

/**
 * The history as turns of `@bot/handlers` ask it, by `turn.history(n)`. To a turn it is the same
 * whether nothing was said, or nobody can tell in time: it must go on without, so both are an empty
 * list. Who must tell them apart asks the history itself.
 *
 * @example
 * bot.handle(event, { ...ports, history: createTurnHistory(history) });
 */
export function createTurnHistory(
  history: Pick<History, 'conversation'>,
): (request: TurnRequest) => Promise<readonly HistoryMessage[]> {
  return async ({ conversation, event, most }) => {
    const answer = await history.conversation(conversation).last(most, { except: event.id });
    return answer.kind === 'found' ? answer.messages : [];
  };
}
