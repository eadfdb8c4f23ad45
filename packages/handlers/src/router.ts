import type { AttachmentsEvent, PostbackEvent, TextEvent } from '@bot/graph-client/webhook';
import { isNotice, type BotEvent, type EventOf, type TimerEvent } from './event.ts';
import {
  attachment,
  both,
  isWritten,
  keywords,
  ofType,
  postback,
  quickReply,
  tap,
  text,
  timer,
  type Filter,
  type Pattern,
  type QuickReplyEvent,
  speech,
  type SpeechEvent,
  type TapEvent,
} from './filters.ts';
import type { Flow } from './flow.ts';
import { MIDDLEWARE, runNamed } from './handler-name.ts';
import { compose, type Middleware, type Next } from './middleware.ts';
import type { Payload } from './payload.ts';
import type { Turn } from './turn.ts';
import { noteDown } from './turn-note.ts';

/**
 * Takes an event of its kind. The turn ends with it, unless it calls `next`: then those registered
 * later may take the event, too.
 */
export type Handler<Event extends BotEvent, Session> = (
  turn: Turn<Event, Session>,
  next: Next,
) => Promise<unknown> | void;

/** Takes an event with what its payload carries. */
export type PayloadHandler<Data, Session> = (
  turn: Turn<TapEvent, Session>,
  data: Data,
  next: Next,
) => Promise<unknown> | void;

/** What a router is made of. */
export type RouterPart<Session> = Middleware<Turn<BotEvent, Session>>;
/** A handler, or what picks its events and a handler. */
export type HandlerArgs<First, Event extends BotEvent, Session> =
  | [handler: Handler<Event, Session>]
  | [first: First, handler: Handler<Event, Session>];

/**
 * What a bot does, as a list of middlewares and handlers: the first registered that fits an event
 * takes it. Handlers are passed over while somebody else answers the conversation; middlewares and
 * handlers of notices, such as echoes and receipts, are not.
 *
 * @example
 * const help = new Router<Session>()
 *   .keywords(['giúp', 'help'], (turn) => turn.reply('Bạn cần gì?'))
 *   .postback('HELP', (turn) => turn.reply('Bạn cần gì?'));
 * createBot<Session>({ session }).use(help.middleware());
 */
export class Router<Session = unknown> {
  readonly #parts: RouterPart<Session>[] = [];
  /** What the parts pick, one for each that picks. */
  readonly #filters: Filter<BotEvent>[] = [];

  /** Adds middlewares that see every event. */
  use(...middlewares: readonly RouterPart<Session>[]): this {
    for (const middleware of middlewares) {
      this.#parts.push((turn, next) =>
        runNamed(turn, MIDDLEWARE, (goOn) => middleware(turn, goOn), next),
      );
    }
    return this;
  }

  /** Handles events of one type, or that a filter picks. */
  on<Type extends BotEvent['type']>(type: Type, handler: Handler<EventOf<Type>, Session>): this;
  on<Event extends BotEvent>(filter: Filter<Event>, handler: Handler<Event, Session>): this;
  on(what: BotEvent['type'] | Filter<BotEvent>, handler: Handler<BotEvent, Session>): this {
    return this.#add(typeof what === 'string' ? ofType(what) : what, handler);
  }

  /** Handles text: all of it, or what was written and fits. See {@link text}. */
  text(...args: HandlerArgs<Pattern, TextEvent, Session>): this {
    return args.length === 1 ? this.#add(text(), args[0]) : this.#add(text(args[0]), args[1]);
  }

  /** Handles written text in which one of the words stands, with or without Vietnamese accents. */
  keywords(words: readonly string[], handler: Handler<TextEvent, Session>): this {
    return this.#add(keywords(...words), handler);
  }

  /** Handles taps on buttons, menu items and Get Started: all, or by payload. */
  postback(...args: HandlerArgs<Pattern, PostbackEvent, Session>): this {
    return args.length === 1
      ? this.#add(postback(), args[0])
      : this.#add(postback(args[0]), args[1]);
  }

  /** Handles taps on quick replies: all, or by payload. */
  quickReply(...args: HandlerArgs<Pattern, QuickReplyEvent, Session>): this {
    return args.length === 1
      ? this.#add(quickReply(), args[0])
      : this.#add(quickReply(args[0]), args[1]);
  }

  /** Handles taps on buttons, menu items and quick replies: all, or by payload. */
  tap(...args: HandlerArgs<Pattern, TapEvent, Session>): this {
    return args.length === 1 ? this.#add(tap(), args[0]) : this.#add(tap(args[0]), args[1]);
  }

  /** Handles taps on buttons and quick replies that carry this payload. */
  payload<Data>(payload: Payload<Data>, handler: PayloadHandler<Data, Session>): this {
    const taps: Filter<TapEvent> = {
      name: `payload ${payload.name}`,
      fits: (event): event is TapEvent => payload.read(carried(event)).kind === 'read',
    };
    return this.#add(taps, (turn, next) => {
      const read = payload.read(carried(turn.event));
      return read.kind === 'read' ? handler(turn, read.data, next) : next();
    });
  }

  /** Handles what is no text: all of it, or one type such as `image`, `sticker`, `location`. */
  attachment(...args: HandlerArgs<string, AttachmentsEvent, Session>): this {
    return args.length === 1
      ? this.#add(attachment(), args[0])
      : this.#add(attachment(args[0]), args[1]);
  }

  /** Handles a reminder that {@link Turn.remind} set. */
  timer(name: string, handler: Handler<TimerEvent, Session>): this {
    return this.#add(timer(name), handler);
  }

  /**
   * Handles text whose likeliest intent, by the bot's recogniser, is this one.
   *
   * @param least The confidence it must have, from 0 to 1. Default 0.6.
   */
  intent(name: string, handler: Handler<TextEvent, Session>, least = 0.6): this {
    return this.#add(both(`intent ${name}`, text(), isWritten), async (turn, next) => {
      const [likeliest] = await turn.intents();
      if (likeliest?.name !== name || likeliest.confidence < least) return next();
      noteDown(turn, { kind: 'intent', name, confidence: likeliest.confidence });
      return handler(turn, next);
    });
  }

  /** Lets a flow take what the person answers to its questions, in this place. */
  flow(flow: Flow<Session>): this {
    return this.#add(anything, flow.handle, `flow ${flow.name}`);
  }

  /** Handlers of their own for the turns that a condition lets through; others pass over them. */
  group(
    condition: (turn: Turn<BotEvent, Session>) => boolean,
    build: (router: Router<Session>) => void,
  ): this {
    const inner = new Router<Session>();
    build(inner);
    const part = inner.middleware();
    return this.use((turn, next) => (condition(turn) ? part(turn, next) : next()));
  }

  /** Ends turns that a condition does not let through, after `refuse` said why. Notices pass. */
  guard(
    condition: (turn: Turn<BotEvent, Session>) => boolean | Promise<boolean>,
    refuse?: Handler<BotEvent, Session>,
  ): this {
    return this.use(async (turn, next) => {
      if (isNotice(turn.event) || (await condition(turn))) return next();
      if (isOpen(turn)) await refuse?.(turn, next);
      return undefined;
    });
  }

  /**
   * Takes what those registered later throw. When it returns, the event counts as handled; what it
   * throws goes on. Not asked when the turn itself was stopped.
   */
  catch(handler: (error: unknown, turn: Turn<BotEvent, Session>) => Promise<unknown> | void): this {
    return this.use(async (turn, next) => {
      try {
        await next();
      } catch (error) {
        if (turn.signal.aborted) throw error;
        await handler(error, turn);
      }
    });
  }

  /** Handles what a person said, sent or tapped and no handler before took; it counts as unanswered. */
  otherwise(handler: Handler<SpeechEvent, Session>): this {
    return this.#add(speech, (turn, next) => {
      noteDown(turn, { kind: 'unanswered' });
      return handler(turn, next);
    });
  }

  /** All of it as one middleware; what is registered later counts as well. */
  middleware(): RouterPart<Session> {
    return (turn, next) => compose(...this.#parts)(turn, next);
  }

  /** Whether any part sees the event; one that nobody sees needs no turn. */
  hears(event: BotEvent): boolean {
    const hasMiddlewares = this.#filters.length < this.#parts.length;
    return hasMiddlewares || this.#filters.some((filter) => filter.fits(event));
  }

  #add<Event extends BotEvent>(
    filter: Filter<Event>,
    handler: Handler<Event, Session>,
    name: string = filter.name,
  ): this {
    const fits = (turn: Turn<BotEvent, Session>): turn is Turn<Event, Session> =>
      filter.fits(turn.event) && isOpen(turn);
    this.#filters.push(filter);
    this.#parts.push((turn, next) => {
      if (!fits(turn)) return next();
      return runNamed(turn, `handler "${name}"`, (goOn) => handler(turn, goOn), next);
    });
    return this;
  }
}

const anything: Filter<BotEvent> = { name: 'any', fits: (_event): _event is BotEvent => true };

/** What a tap carries; nothing for what is no tap. */
function carried(event: BotEvent): string {
  if (event.type === 'postback') return event.payload ?? '';
  return event.type === 'text' ? (event.quickReplyPayload ?? '') : '';
}

/** On standby, and when a human took over, the bot listens to the notices and answers nothing. */
function isOpen({ event, isSilenced }: Pick<Turn, 'event' | 'isSilenced'>): boolean {
  return isNotice(event) || (event.channel === 'messaging' && !isSilenced);
}
