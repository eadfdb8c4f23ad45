import { assertBotOptions, type BotOptions } from './bot-options.ts';
import type { BotEvent } from './event.ts';
import { handleEvent, type Handling } from './handle-event.ts';
import { Router } from './router.ts';
import { createSessionRules } from './session.ts';
import { createTakeoverRule } from './takeover.ts';
import type { TurnPorts } from './turn-ports.ts';

/**
 * A bot: its handlers, and what runs the turns of its conversations. Made by {@link createBot}.
 */
export class Bot<Session = unknown> extends Router<Session> {
  readonly #handling: Handling<Session>;

  constructor(options: BotOptions<Session>) {
    super();
    assertBotOptions(options);
    const { session = { initial: () => undefined as Session }, takeover = {} } = options;
    this.#handling = {
      run: this.middleware(),
      hears: (event) => this.hears(event),
      options,
      rules: createSessionRules(session),
      takeover: takeover === false ? undefined : createTakeoverRule(takeover),
    };
  }

  /**
   * Handles an event. An event that belongs to no person passes silently. Handling an event again
   * whose turn had ended well does nothing, when there is a session store; what its turn sent before
   * it failed is not sent again, when the journal remembers it.
   *
   * @throws {HandlerError} when a handler fails, takes too long, or says what cannot be sent.
   * @throws {SessionError} when somebody else changed the session meanwhile.
   */
  async handle(event: BotEvent, ports: TurnPorts): Promise<void> {
    await handleEvent(event, ports, this.#handling);
  }
}

/**
 * @example
 * const bot = createBot()
 *   .text(/^xin chào/i, (turn) => turn.reply('Chào bạn!'))
 *   .otherwise((turn) => turn.reply('Mình chưa hiểu.'));
 */
export function createBot<Session = unknown>(options: BotOptions<Session> = {}): Bot<Session> {
  return new Bot(options);
}
