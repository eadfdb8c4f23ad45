import type { Conversation } from './conversation.ts';
import type { BotEvent } from './event.ts';
import type { PastMessage } from './past.ts';
import type { Reply, ReplyOptions, ReplyOutcome } from './reply.ts';
import type { Intent } from './recogniser.ts';
import type { Reminder } from './timers.ts';
import { insideOf } from './turn-inside.ts';

/** One event being handled. */
export interface Turn<Event extends BotEvent = BotEvent, Session = unknown> {
  readonly event: Event;
  readonly conversation: Conversation;
  /** Aborts when the turn must stop: hand it to everything that waits. */
  readonly signal: AbortSignal;
  /** What the bot keeps of the conversation: change it or set it, and it is saved when the turn ends well. */
  session: Session;
  /** The person's language, such as `vi`: set once, it is kept. */
  locale: string;
  /** A human or another app answers the conversation: handlers are passed over, replies refused. */
  readonly isSilenced: boolean;
  /** Milliseconds since 1970, by the clock that was handed in. */
  now(): number;
  /**
   * Says something to the person: a text, any other message, or several in order. A text longer than
   * Messenger's 2000 characters goes out in parts. Each message is a step: when the turn is run
   * again after a failure, what was sent is not sent a second time, so a handler must say the same
   * things in the same order whenever it runs.
   *
   * Right before each send it is asked whether the bot may speak: what the messaging window or a
   * human forbids, or a person who cannot be reached, is answered and not thrown.
   *
   * @example
   * await turn.reply('Xin chào!');
   * await turn.reply([
   *   { attachment: { type: 'image', url: 'https://example.com/tea.jpg' } },
   *   { text: 'Mua không?', quickReplies: [{ title: 'Mua', payload: 'BUY' }] },
   * ]);
   *
   * @throws {ReplyError} when a part breaks one of Meta's limits, before any of it is sent, or when
   *   the turn says too much.
   */
  reply(reply: Reply | readonly Reply[], options?: ReplyOptions): Promise<ReplyOutcome>;
  /** Shows the person that the Page has read. No step: what goes wrong with it is nobody's trouble. */
  markSeen(): Promise<void>;
  /**
   * Runs an outside effect of the bot's own, such as an order in a shop's system, once however often
   * the turn is run again; answers what it returned, as it comes back from JSON.
   *
   * @param name One only in its turn, and the same in every attempt.
   *
   * @example
   * const order = await turn.step('order', ({ id }) => shop.order(cart, { idempotencyKey: id }));
   */
  step<Result>(
    name: string,
    effect: (step: { readonly id: string }) => Promise<Result>,
  ): Promise<Result | undefined>;
  /**
   * Asks for a turn later, for a handler registered by `bot.timer(name, …)`. Setting a name again
   * replaces what was set. It holds once the turn has ended well.
   *
   * @throws {SetupError} when the bot runs without a scheduler and a session store.
   */
  remind(reminder: Reminder): void;
  /** Takes a reminder back. */
  cancelReminder(name: string): void;
  /** What the bot's recogniser makes of the text, the likeliest first; asked once in a turn. */
  intents(): Promise<readonly Intent[]>;
  /**
   * What was said last before this event, the oldest first. Empty when nothing was, when nobody keeps
   * it, and when whoever does cannot tell in time: a turn goes on without it. What was said a moment ago
   * may be missing.
   *
   * @param most At least 1. Default 20.
   *
   * @example
   * const lines = (await turn.history()).map(({ direction, text }) => `${direction}: ${text}`);
   */
  history(most?: number): Promise<readonly PastMessage[]>;
}

/** What a human's code may do in a turn. */
export interface HumanVoice {
  /** As {@link Turn.reply}, but not silenced while humans have the conversation, and for 7 days. */
  reply(reply: Reply | readonly Reply[], options?: ReplyOptions): Promise<ReplyOutcome>;
}

/**
 * Marks what is said as a human's: for code that passes on what an agent wrote, and for nothing
 * else. Meta gives humans 7 days (`HUMAN_AGENT`, which the app must have been reviewed for) and
 * restricts Pages whose bots use them.
 *
 * @example
 * bot.timer('agent-wrote', (turn) => asHuman(turn).reply(String(turn.event.data)));
 */
export function asHuman(turn: Turn): HumanVoice {
  return {
    reply: async (reply, options = {}) => {
      const { outbox } = insideOf(turn);
      return outbox.say(reply, { ...options, by: 'human', step: 'human' });
    },
  };
}
