import type { PostbackEvent, TextEvent, WebhookEvent } from '@bot/graph-client/webhook';
import {
  expectsAnswer,
  isOfType,
  isPostback,
  isText,
  type EventOf,
  type Pattern,
} from './filters.ts';
import { compose, when, type Middleware } from './middleware.ts';
import { conversationOf, createTurn, type Turn, type TurnPorts } from './turn.ts';

/** Ends a turn: what was registered later does not see the event. */
export type Handler<Event extends WebhookEvent> = (turn: Turn<Event>) => Promise<void> | void;

/**
 * What a bot does, as a list of middlewares and handlers. The first registered that fits an event
 * handles it.
 */
export interface Bot {
  /** Adds a middleware that sees every event. */
  use(middleware: Middleware<Turn>): Bot;
  /** Handles text the person wrote: all of it, an exact sentence, or what a pattern finds. */
  text(handler: Handler<TextEvent>): Bot;
  /** Handles text that is this sentence, or in which the pattern finds something. */
  text(pattern: Pattern, handler: Handler<TextEvent>): Bot;
  /** Handles taps on buttons: all of them, one payload, or payloads that a pattern finds. */
  postback(handler: Handler<PostbackEvent>): Bot;
  /** Handles taps whose payload is this one, or in which the pattern finds something. */
  postback(pattern: Pattern, handler: Handler<PostbackEvent>): Bot;
  /** Handles events of one type. */
  on<Type extends WebhookEvent['type']>(type: Type, handler: Handler<EventOf<Type>>): Bot;
  /** Handles what a person did and no handler before took; receipts and echoes do not count. */
  otherwise(handler: Handler<WebhookEvent>): Bot;
  /** Runs the turn of one event. An event that belongs to no person passes silently. */
  handle(event: WebhookEvent, ports: TurnPorts): Promise<void>;
}

/**
 * @example
 * const bot = createBot()
 *   .text(/^xin chào/i, (turn) => turn.reply('Chào bạn!'))
 *   .otherwise((turn) => turn.reply('Mình chưa hiểu.'));
 */
export function createBot(): Bot {
  const middlewares: Middleware<Turn>[] = [];

  function add<Narrow extends Turn>(
    guard: (turn: Turn) => turn is Narrow,
    handler: (turn: Narrow) => Promise<void> | void,
  ): Bot {
    middlewares.push(when(guard, (turn) => handler(turn)));
    return bot;
  }

  const bot: Bot = {
    use(middleware) {
      middlewares.push(middleware);
      return bot;
    },
    text(...args: [Handler<TextEvent>] | [Pattern, Handler<TextEvent>]) {
      return args.length === 1 ? add(isText(), args[0]) : add(isText(args[0]), args[1]);
    },
    postback(...args: [Handler<PostbackEvent>] | [Pattern, Handler<PostbackEvent>]) {
      return args.length === 1 ? add(isPostback(), args[0]) : add(isPostback(args[0]), args[1]);
    },
    on: (type, handler) => add(isOfType(type), handler),
    otherwise: (handler) => add(expectsAnswer, handler),
    async handle(event, ports) {
      if (!conversationOf(event)) return;
      await compose(...middlewares)(createTurn(event, ports), async () => {});
    },
  };
  return bot;
}
