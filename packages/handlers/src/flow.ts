import type { AttachmentsEvent, PostbackEvent, TextEvent } from '@bot/graph-client/webhook';
import { botTexts, flowWords } from './bot-texts.ts';
import { SetupError } from './errors.ts';
import type { BotEvent } from './event.ts';
import { cancel, pass, type Answer } from './flow-answer.ts';
import type { FlowState } from './flow-state.ts';
import { evenOut } from './fold.ts';
import type { Next } from './middleware.ts';
import { insideOf } from './turn-inside.ts';
import type { Turn } from './turn.ts';
import { noteDown } from './turn-note.ts';

/** What a person answers a question with. */
export type AnswerEvent = TextEvent | AttachmentsEvent;

/** One question and what to make of its answer. */
export interface FlowStep<Data, Session> {
  /** Says the question. Also after an answer that was not good, and on the way back. */
  readonly ask: (turn: Turn<BotEvent, Session>, data: Partial<Data>) => Promise<unknown> | void;
  /** Text (a tapped quick reply as well), a picture, a place. */
  readonly answer: (
    turn: Turn<AnswerEvent, Session>,
    data: Partial<Data>,
  ) => Answer<Data> | Promise<Answer<Data>>;
  /** A tap on a button. Without it taps pass: a menu stays usable in the middle of a flow. */
  readonly tap?: (
    turn: Turn<PostbackEvent, Session>,
    data: Partial<Data>,
  ) => Answer<Data> | Promise<Answer<Data>>;
}

/** A dialogue of several questions. */
export interface FlowOptions<Data, Session> {
  readonly name: string;
  /** Raise it when steps are renamed or data changes, and say in `upgrade` what becomes of old ones. Default 1. */
  readonly version?: number;
  /** The questions by name, in the order in which they are asked. */
  readonly steps: Readonly<Record<string, FlowStep<Data, Session>>>;
  /** All is answered. */
  readonly done: (turn: Turn<BotEvent, Session>, data: Data) => Promise<unknown> | void;
  /** Silence after which it is forgotten. Default 24 hours. */
  readonly expireMs?: number;
  /** Told when it is forgotten for silence; needs a scheduler. */
  readonly expired?: (
    turn: Turn<BotEvent, Session>,
    data: Partial<Data>,
  ) => Promise<unknown> | void;
  /** Says something once after so much silence on a question; needs a scheduler. */
  readonly remind?: {
    readonly afterMs: number;
    /** Says it. */
    readonly say: (turn: Turn<BotEvent, Session>, data: Partial<Data>) => Promise<unknown> | void;
  };
  /** The person gave up. Default: a short sentence of the package's. */
  readonly cancelled?: (
    turn: Turn<BotEvent, Session>,
    data: Partial<Data>,
  ) => Promise<unknown> | void;
  /**
   * Where a conversation goes on that stands in a flow of an older version, or at a step that is
   * gone. Default: what comes next is answered with the first question; the data is kept.
   */
  readonly upgrade?: (old: Pick<FlowState, 'version' | 'step' | 'data'>) => {
    readonly step: string;
    readonly data: Partial<Data>;
  };
}

/** Takes part in a bot by {@link Router.flow}. */
export interface Flow<Session = unknown, Data = unknown> {
  readonly name: string;
  /** Begins it anew with the first question, instead of whatever flow was under way. */
  start(turn: Turn<BotEvent, Session>, data?: Partial<Data>): Promise<void>;
  /** Takes what the person answers. */
  readonly handle: (turn: Turn<BotEvent, Session>, next: Next) => Promise<void>;
}

/** Payload for a quick reply or a button that goes a step back. */
export const FLOW_BACK = ':flow-back';
/** Payload for a quick reply or a button that ends the flow. */
export const FLOW_CANCEL = ':flow-cancel';

const REMIND = ':flow-remind';
const EXPIRE = ':flow-expire';
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * A dialogue of several questions, resumable after a deploy: where a conversation stands is kept by
 * names. The person may say "quay lại" or "back", "hủy" or "cancel" at any time.
 *
 * @example
 * const booking = createFlow<{ day: string; phone: string }>({
 *   name: 'booking',
 *   steps: {
 *     day: {
 *       ask: (turn) => turn.reply('Bạn đến ngày nào?'),
 *       answer: ({ event }) => (event.text ? next({ day: event.text }) : again()),
 *     },
 *     phone: {
 *       ask: (turn) => turn.reply('Số điện thoại của bạn?'),
 *       answer: ({ event }) =>
 *         /^0\d{9}$/.test(event.text ?? '') ? next({ phone: event.text ?? '' }) : again('Số có 10 chữ số.'),
 *     },
 *   },
 *   done: (turn, { day }) => turn.reply(`Hẹn gặp bạn ngày ${day}!`),
 * });
 * bot.flow(booking).keywords(['đặt lịch', 'book'], (turn) => booking.start(turn));
 *
 * @throws {SetupError} for a flow without steps.
 */
export function createFlow<Data, Session = unknown>(
  options: FlowOptions<Data, Session>,
): Flow<Session, Data> {
  const { name, version = 1, steps, expireMs = DAY_MS } = options;
  const order = Object.keys(steps);
  const [first] = order;
  if (first === undefined) throw new SetupError(`Flow ${name} needs at least one step.`);
  type Where = Pick<FlowState, 'step' | 'trail'> & { readonly data: Partial<Data> };
  type Any = Turn<BotEvent, Session>;

  async function ask(turn: Any, { step, data, trail }: Where): Promise<void> {
    const { record, timers } = insideOf(turn);
    const before = record.flow;
    if (before !== undefined && before.name !== name) {
      noteDown(turn, { kind: 'flow', flow: before.name, step: before.step, change: 'left' });
    }
    if (before?.name !== name || before.step !== step) note(turn, step, 'asked');
    // The timers of a flow that was under way before would come to this one.
    end(turn);
    record.flow = {
      name,
      version,
      step,
      trail,
      data,
      askedAt: turn.now(),
    };
    if (options.remind) timers.set({ name: REMIND, afterMs: options.remind.afterMs });
    if (options.expired) timers.set({ name: EXPIRE, afterMs: expireMs });
    await steps[step]?.ask(turn, data);
  }

  function end(turn: Any): void {
    const { record, timers } = insideOf(turn);
    record.flow = undefined;
    timers.cancel(REMIND);
    timers.cancel(EXPIRE);
  }

  function note(turn: Any, step: string, change: 'asked' | 'finished' | 'left'): void {
    noteDown(turn, { kind: 'flow', flow: name, step, change });
  }

  async function act(turn: Any, at: Where, answer: Answer<Data>, go: Next): Promise<void> {
    if (answer.kind === 'pass') return go();
    if (answer.kind === 'again') {
      await turn.reply(answer.say ?? botTexts(turn.locale).invalidChoice);
      return ask(turn, at);
    }
    if (answer.kind === 'cancel') {
      note(turn, at.step, 'left');
      end(turn);
      const { cancelled = (ended) => ended.reply(botTexts(ended.locale).flowCancelled) } = options;
      await cancelled(turn, at.data);
      return undefined;
    }
    const data = { ...at.data, ...answer.data };
    const step = answer.to ?? order[order.indexOf(at.step) + 1];
    if (step === undefined) {
      note(turn, at.step, 'finished');
      end(turn);
      await options.done(turn, data as Data);
      return undefined;
    }
    if (!Object.hasOwn(steps, step)) {
      throw new SetupError(`Flow ${name} has no step ${step}, and ${at.step} leads to it.`);
    }
    return ask(turn, { step, data, trail: [...at.trail, at.step] });
  }

  /**
   * Of another version, or of a step that is gone: where `upgrade` says, or it begins again. Then the
   * person has not been asked, and what they say is no answer.
   */
  function whereOf(state: FlowState): Where & { readonly isAsked: boolean } {
    const isKnown = state.version === version && Object.hasOwn(steps, state.step);
    const found = isKnown ? state : options.upgrade?.(state);
    const isAsked = found !== undefined && Object.hasOwn(steps, found.step);
    return {
      step: isAsked ? found.step : (first ?? ''),
      data: (found ?? state).data as Partial<Data>,
      trail: isKnown ? state.trail : [],
      isAsked,
    };
  }

  async function wake(turn: Any, timer: string, at: Where, go: Next): Promise<void> {
    if (timer !== REMIND && timer !== EXPIRE) return go();
    if (timer === EXPIRE) {
      note(turn, at.step, 'left');
      end(turn);
    }
    await (timer === REMIND
      ? options.remind?.say(turn, at.data)
      : options.expired?.(turn, at.data));
    return undefined;
  }

  return {
    name,
    start: (turn, data = {}) => ask(turn, { step: first, data, trail: [] }),
    async handle(turn, go) {
      const { event } = turn;
      const state = insideOf(turn).record.flow;
      if (state?.name !== name) return go();
      const at = whereOf(state);
      if (event.type === 'timer') return wake(turn, event.name, at, go);
      if (turn.now() - state.askedAt >= expireMs) {
        note(turn, at.step, 'left');
        end(turn);
        return go();
      }
      const step = steps[at.step];
      const wish = wishOf(event);
      if (wish === 'cancel') return act(turn, at, cancel(), go);
      if (wish === 'back') {
        return ask(turn, { ...at, step: at.trail.at(-1) ?? at.step, trail: at.trail.slice(0, -1) });
      }
      if (event.type === 'text' || event.type === 'attachments') {
        if (!at.isAsked) return ask(turn, at);
        const answer = await step?.answer(turn as Turn<AnswerEvent, Session>, at.data);
        return act(turn, at, answer ?? pass(), go);
      }
      if (event.type === 'postback') {
        const answer = await step?.tap?.(turn as Turn<PostbackEvent, Session>, at.data);
        return act(turn, at, answer ?? pass(), go);
      }
      return go();
    },
  };
}

/** Whether the person wants back or out, by a word or a tap. */
function wishOf(event: BotEvent): 'back' | 'cancel' | undefined {
  if (event.type === 'postback') return wishes.get(event.payload ?? '');
  if (event.type !== 'text') return undefined;
  if (event.quickReplyPayload !== undefined) return wishes.get(event.quickReplyPayload);
  const said = evenOut(event.text);
  if (flowWords.cancel.includes(said)) return 'cancel';
  return flowWords.back.includes(said) ? 'back' : undefined;
}

const wishes: ReadonlyMap<string, 'back' | 'cancel'> = new Map([
  [FLOW_BACK, 'back'],
  [FLOW_CANCEL, 'cancel'],
]);
