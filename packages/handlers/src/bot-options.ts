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

/** What Node's timers can wait: after more they fire at once. */
const MOST_TIMER_MS = 2 ** 31 - 1;

/** @throws {SetupError} with the rule and the value. */
export function assertBotOptions<Session>(options: BotOptions<Session>): void {
  const { typingAfterMs = 1, turnTimeoutMs = 1, mostReplies = 1 } = options;
  if (typingAfterMs !== Infinity) assertTimer('typingAfterMs', typingAfterMs);
  assertTimer('turnTimeoutMs', turnTimeoutMs);
  if (!Number.isInteger(mostReplies) || mostReplies < 1) {
    throw new SetupError(`mostReplies must be a whole number of at least 1, got ${mostReplies}.`);
  }
}

function assertTimer(name: string, ms: number): void {
  if (ms > 0 && ms <= MOST_TIMER_MS) return;
  throw new SetupError(
    `${name} must be above 0 milliseconds and at most ${MOST_TIMER_MS}, got ${ms}.`,
  );
}
