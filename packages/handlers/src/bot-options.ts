import type { BurstOptions } from './burst.ts';
import { SetupError } from './errors.ts';
import type { BotEvent } from './event.ts';
import type { Recogniser } from './recogniser.ts';
import type { Reply } from './reply.ts';
import type { SessionOptions } from './session.ts';
import type { TakeoverOptions } from './takeover.ts';
import type { Turn } from './turn.ts';

/** How a bot behaves; every option has a default. */
export interface BotOptions<Session> {
  /** What is kept of each conversation in `turn.session`. Default: nothing. */
  readonly session?: SessionOptions<Session>;
  /** When a human or another app answers; `false`: the bot speaks all the same. */
  readonly takeover?: TakeoverOptions | false;
  /** Answers several quick texts of a person together. Needs a scheduler. Default: each by itself. */
  readonly bursts?: BurstOptions;
  /** Tells intents, for `bot.intent` and `turn.intents`. */
  readonly recogniser?: Recogniser;
  /** The language of a person of whom nothing is known. Default `vi`. */
  readonly locale?: string | ((event: BotEvent) => string);
  /**
   * Said once when a turn fails and its event is given up on; `undefined` for nothing. Default: a
   * sentence of the package's own.
   */
  readonly apology?: (turn: Turn<BotEvent, Session>) => Reply | undefined;
  /** Time without an answer after which the person sees the Page typing. Default 1.5 s; `Infinity`: never. */
  readonly typingAfterMs?: number;
  /** Time a turn may take; Meta asks for an answer within 30 seconds. Default 20 s. */
  readonly turnTimeoutMs?: number;
  /** Messages a turn may send. Default 20. */
  readonly mostReplies?: number;
}

/** @throws {SetupError} with the rule and the value. */
export function assertBotOptions<Session>(options: BotOptions<Session>): void {
  for (const name of ['typingAfterMs', 'turnTimeoutMs'] as const) {
    const value = options[name] ?? 1;
    if (!(value > 0)) throw new SetupError(`${name} must be above 0 milliseconds, got ${value}.`);
  }
  const { mostReplies = 1 } = options;
  if (!Number.isInteger(mostReplies) || mostReplies < 1) {
    throw new SetupError(`mostReplies must be a whole number of at least 1, got ${mostReplies}.`);
  }
}
