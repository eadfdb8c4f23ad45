import type { Attachment } from '@bot/graph-client/webhook';
import type { BotEvent, EventOf, TimerEvent } from '../event.ts';
import type { PastMessage } from '../past.ts';
import type { Outgoing } from '../sender.ts';
import { createMemorySessionStore } from '../session-stores/memory.ts';
import { INBOX_APP_ID } from '../takeover.ts';
import type { TurnPorts } from '../turn-ports.ts';
import { buttonsOf, chipsOf, messageAsText, type Choice } from './messages-as-text.ts';
import { createTestClock, durationMs, type TestClock } from './test-clock.ts';

/** How a test drives a bot. */
export interface DriveOptions {
  /** When it begins, in milliseconds since 1970. Default: 8 o'clock UTC on a Monday in 2026. */
  readonly startAt?: number;
  /** What Messenger does with a message. Default: it takes all. Throw to refuse one. */
  readonly send?: (message: Outgoing) => Promise<void> | void;
  /** As the queue would: whether an event is tried again after this error. Default: it is not. */
  readonly retries?: (error: unknown) => boolean;
}

/** A bot, or whatever handles events as one does. */
export interface Driven {
  /** Handles an event, as a bot does. */
  handle(event: BotEvent, ports: TurnPorts): Promise<void>;
}

/** What every event has, and `drive` fills in. */
export type FilledIn = 'type' | 'id' | 'platform' | 'pageId' | 'psid' | 'timestamp' | 'channel';

const PAGE_ID = '100000000000001';
const PSID = '2000000000000001';
/** What stands in the conversation as a message: quick replies go with the next one. */
const messages: ReadonlySet<BotEvent['type']> = new Set([
  'text',
  'attachments',
  'postback',
  'echo',
]);

/**
 * A person who talks to a bot in a test: no network, no waiting, time that is moved. Everything done
 * happens in order, one after another; awaiting the person waits for all of it, and answers what the
 * bot said since the last act, what can be tapped in brackets.
 *
 * @example
 * const person = drive(bot);
 * expect(await person.says('xin chào')).toEqual(['Chào bạn!\n[Thực đơn]']);
 * expect(await person.taps('Thực đơn').after('25h')).toEqual([]);
 * expect(await person.transcript()).toMatchInlineSnapshot();
 */
export class Person implements PromiseLike<string[]> {
  /** Every message that was sent, as it went to Messenger. */
  readonly sent: Outgoing[] = [];
  readonly #bot: Driven;
  readonly #options: DriveOptions;
  readonly #clock: TestClock;
  readonly #ports: Omit<TurnPorts, 'step'>;
  readonly #timers = new Map<string, TimerEvent>();
  readonly #steps = new Map<string, unknown>();
  readonly #lines: string[] = [];
  /** By the event that it was said in or answers. */
  readonly #past = new Map<string, PastMessage[]>();
  #tail: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #replies: string[] = [];
  #chips: Choice[] = [];
  #last: BotEvent | undefined;
  #count = 0;

  constructor(bot: Driven, options: DriveOptions) {
    const clock = createTestClock(options.startAt ?? Date.UTC(2026, 0, 5, 8));
    this.#bot = bot;
    this.#options = options;
    this.#clock = clock;
    this.#ports = {
      clock,
      signal: new AbortController().signal,
      sessions: createMemorySessionStore({ now: () => clock.now() }),
      sender: { send: (message) => this.#take(message), act: async () => {} },
      scheduler: {
        add: async (timer) => void this.#timers.set(timer.id, timer),
        cancel: async ({ id }) => void this.#timers.delete(id),
      },
      history: async ({ event, most }) =>
        [...this.#past].flatMap(([id, said]) => (id === event.id ? [] : said)).slice(-most),
      givesUp: (error) => options.retries?.(error) !== true,
    };
  }

  /** Writes a text. */
  says(text: string): this {
    return this.#act(`person: ${text}`, () => this.#event('text', { ...this.#mid(), text }));
  }

  /** Taps what is on the screen: a quick reply of the last message, or a button of any. */
  taps(title: string): this {
    return this.#act(`person: [${title}]`, () => {
      const chip = this.#chips.find((choice) => choice.title === title);
      if (chip !== undefined) {
        const { payload: quickReplyPayload } = chip;
        return this.#event('text', { ...this.#mid(), text: title, quickReplyPayload });
      }
      const buttons = this.sent.toReversed().flatMap(({ message }) => buttonsOf(message));
      const button = buttons.find((choice) => choice.title === title);
      if (button !== undefined) return this.#event('postback', { ...this.#mid(), ...button });
      const all = [...this.#chips, ...buttons].map((choice) => `[${choice.title}]`).join(' ');
      throw new Error(`[${title}] is not on the screen. There is: ${all || 'nothing to tap'}.`);
    });
  }

  /** Taps something that no message shows: Get Started, the menu. */
  postback(payload: string, title: string = payload): this {
    return this.#act(`person: [${title}]`, () =>
      this.#event('postback', { ...this.#mid(), payload, title }),
    );
  }

  /** Sends pictures and the like, see `image`, `voice`, `file`, `sticker` and `location`. */
  sends(...attachments: readonly Attachment[]): this {
    const kinds = attachments.map(({ type }) => `<${type}>`).join(' ');
    return this.#act(`person: ${kinds}`, () =>
      this.#event('attachments', { ...this.#mid(), attachments }),
    );
  }

  /** Lets any event happen; what all events have is filled in, unless it is given. */
  does<Type extends BotEvent['type']>(
    type: Type,
    fields: Omit<EventOf<Type>, FilledIn> & Partial<Pick<EventOf<Type>, FilledIn>>,
  ): this {
    return this.#act(`(${type})`, () => this.#event(type, fields));
  }

  /** A human answers from the Page's inbox. */
  humanSays(text: string): this {
    return this.#act(`human: ${text}`, () =>
      this.#event('echo', { ...this.#mid(), text, appId: INBOX_APP_ID }),
    );
  }

  /** Lets time pass, such as `25h`; reminders that are due come at their times. */
  after(duration: string): this {
    const ms = durationMs(duration);
    return this.#do(async () => {
      this.#begin(`-- ${duration} later`);
      const end = this.#clock.now() + ms;
      for (let timer = this.#due(end); timer !== undefined; timer = this.#due(end)) {
        this.#timers.delete(timer.id);
        this.#clock.moveTo(timer.timestamp);
        await this.#handle(timer).catch(this.#fail);
      }
      this.#clock.moveTo(end);
    });
  }

  /** Runs the last event again, as the queue does after a failure: what was sent is not sent again. */
  again(): this {
    return this.#act('(again)', () => {
      if (this.#last === undefined) throw new Error('Nothing has happened yet.');
      return this.#last;
    });
  }

  /** All that was said, a line each; for inline snapshots. */
  async transcript(): Promise<string> {
    await this.#tail;
    return this.#lines.join('\n');
  }

  // oxlint-disable-next-line unicorn/no-thenable -- so that a test awaits a sentence
  then<Result = string[], Failure = never>(
    onFulfilled?: ((replies: string[]) => Result | PromiseLike<Result>) | null,
    onRejected?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    const settle = async (): Promise<string[]> => {
      await this.#tail;
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure !== undefined) throw failure.error;
      return this.#replies;
    };
    return settle().then(onFulfilled, onRejected);
  }

  #act(line: string, event: () => BotEvent): this {
    return this.#do(async () => {
      const happening = event();
      this.#begin(line);
      await this.#handle(happening);
    });
  }

  /** Whatever happened before it has ended; what went wrong is for whoever awaits. */
  #do(work: () => Promise<void>): this {
    this.#tail = this.#tail.then(work).catch(this.#fail);
    return this;
  }

  readonly #fail = (error: unknown): void => {
    this.#failure ??= { error };
  };

  #begin(line: string): void {
    this.#lines.push(line);
    this.#replies = [];
  }

  async #handle(event: BotEvent): Promise<void> {
    this.#last = event;
    if (!this.#past.has(event.id)) this.#past.set(event.id, pastOf(event));
    if (messages.has(event.type)) this.#chips = [];
    await this.#bot.handle(event, {
      ...this.#ports,
      step: async <Result>(name: string, effect: (step: { id: string }) => Promise<Result>) => {
        const id = `${event.id}/${name}`;
        if (!this.#steps.has(id)) this.#steps.set(id, await effect({ id }));
        return this.#steps.get(id) as Result;
      },
    });
  }

  async #take(message: Outgoing): Promise<{ messageId: string }> {
    await this.#options.send?.(message);
    this.sent.push(message);
    const text = messageAsText(message.message);
    const at = this.#clock.now();
    const past = this.#past.get(this.#last?.id ?? '');
    past?.push({ direction: 'out', kind: 'text', at, text, state: 'sent' });
    this.#replies.push(text);
    this.#chips = chipsOf(message.message);
    this.#lines.push(`bot: ${text.replaceAll('\n', '\n     ')}`);
    return { messageId: `m_reply_${this.sent.length}` };
  }

  #due(end: number): TimerEvent | undefined {
    const due = [...this.#timers.values()].filter(({ timestamp }) => timestamp <= end);
    return due.toSorted((a, b) => a.timestamp - b.timestamp)[0];
  }

  #mid(): { readonly mid: string } {
    return { mid: `m_${this.#count + 1}` };
  }

  #event<Type extends BotEvent['type']>(type: Type, fields: object): EventOf<Type> {
    this.#count += 1;
    return {
      id: `m_${this.#count}`,
      platform: 'page',
      pageId: PAGE_ID,
      psid: PSID,
      timestamp: this.#clock.now(),
      channel: 'messaging',
      ...fields,
      type,
    } as EventOf<Type>;
  }
}

function pastOf(event: BotEvent): PastMessage[] {
  if (!messages.has(event.type)) return [];
  const { type: kind, timestamp: at } = event;
  const [direction, state] =
    kind === 'echo' ? (['human', 'sent'] as const) : (['in', 'received'] as const);
  const text = 'text' in event ? event.text : 'title' in event ? event.title : undefined;
  return [{ direction, kind, at, state, ...(text !== undefined && { text }) }];
}

/** A person who talks to a bot in a test. See {@link Person}. */
export function drive(bot: Driven, options: DriveOptions = {}): Person {
  return new Person(bot, options);
}
