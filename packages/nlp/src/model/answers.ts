import type { Clock } from '@bot/handlers';
import { discreet, type ModelTools } from './allowed-tools.ts';
import { answerInstructions } from './answer-instructions.ts';
import { failureOf, type FailureReason } from './failure.ts';
import type { GuardedModel } from './guarded-model.ts';
import { callHuman, type Handover, type HandoverCause } from './handover.ts';
import { gather, type History } from './material.ts';
import type { ModelObserver } from './observer.ts';
import type { Passages } from './passages.ts';
import { withinTime } from './time-limit.ts';
import { answerSchema, judge, type Answered, type UnsureReason, type Verdict } from './verdict.ts';

/** How questions are answered. */
export interface AnswersOptions {
  /** Of {@link createGuardedModel}: its limits hold, and its budget. */
  readonly model: GuardedModel;
  /** The documents, such as those of {@link createPassages}. */
  readonly passages: Passages;
  readonly clock: Clock;
  /** Unguessable text, new with each call, such as `randomUUID` of node:crypto. */
  readonly nonce: () => string;
  /** What was said before; without it each question stands by itself. */
  readonly history?: History;
  readonly handover?: Handover;
  /**
   * What the model should know of the business and its manners: the developers' own text. Facts
   * belong into the documents; an answer that repeats this is refused.
   */
  readonly instructions?: string;
  /**
   * All tools that the model may call for a question. It calls them as the person's text may have
   * talked it into: a tool must only tell and do what this conversation's person may know and do.
   */
  readonly tools?: (question: Question) => ModelTools;
  /** Time for everything but the hand-over, which may take 3 s more. Default 10,000. */
  readonly timeoutMs?: number;
  /** Passages that the model gets. Default 5. */
  readonly mostPassages?: number;
  /** Things said before that the model gets. Default 10. */
  readonly mostSaid?: number;
  /** Tokens that the model may use; one that thinks first needs more. Default 1,000. */
  readonly mostOutputTokens?: number;
  readonly observer?: ModelObserver;
}

/** What a person asks. */
export interface Question {
  /** `<pageId>:<psid>`. */
  readonly conversation: string;
  readonly text: string;
  /** The person's language, such as `vi`. */
  readonly locale: string;
  readonly signal: AbortSignal;
}

/** What became of a question; it survives JSON, so a step may keep it. */
export type AnswerOutcome =
  | Answered
  /** Nothing can be said for certain: say something else. */
  | { readonly kind: 'unsure'; readonly reason: UnsureReason }
  /** The question or the answer is not for the bot. */
  | {
      readonly kind: 'refused';
      readonly reason: 'by-model' | 'leak' | 'content-filter' | 'forbidden-tool';
    }
  /** The day's budget is used up: of the person, or of everybody. */
  | { readonly kind: 'over-budget'; readonly of: 'person' | 'day' }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  /** A human was called. */
  | { readonly kind: 'handed-over'; readonly because: HandoverCause };

/** Answers from documents. */
export interface Answers {
  /** Never throws, and never takes longer than its time limit. */
  ask(question: Question): Promise<AnswerOutcome>;
}

const defaults = {
  instructions: '',
  tools: () => ({}),
  timeoutMs: 10_000,
  mostPassages: 5,
  mostSaid: 10,
  mostOutputTokens: 1_000,
} as const satisfies Partial<AnswersOptions>;

/** Messenger's own limit; a question of somebody else's making may be longer. */
const MOST_CHARACTERS = 2_000;

/**
 * Answers questions from documents with a model. What the model says is said only if it names
 * passages that it was given; links, addresses and phone numbers that do not stand in them are taken
 * out. Everything else is an outcome that says what to do instead.
 *
 * Ask in a step, so that a turn that runs again says the same and pays once.
 *
 * @example
 * const answers = createAnswers({ model, passages, clock, nonce: randomUUID });
 * const outcome = await answers.ask({ conversation, text, locale: 'vi', signal });
 * if (outcome.kind === 'answered') await turn.reply(outcome.text);
 */
export function createAnswers(options: AnswersOptions): Answers {
  const settings = { ...defaults, ...options };
  const { model, clock, nonce, history, handover, timeoutMs } = settings;
  const observer: ModelObserver = options.observer ?? {};

  async function answer(question: Question, signal: AbortSignal): Promise<Verdict> {
    const { conversation, locale } = question;
    const text = question.text.slice(0, MOST_CHARACTERS);
    const material = await gather(
      { ...settings, history, observer },
      { conversation, text, signal },
    );
    const tools = settings.tools(question);
    const hasTools = Object.keys(tools).length > 0;
    if (material.passages.length === 0 && !hasTools) {
      return { kind: 'unsure', reason: 'no-passages' };
    }

    const passages = new Map(
      material.passages.map((passage, index) => [`p${index + 1}`, passage] as const),
    );
    const secret = { own: settings.instructions, mark: nonce() };
    const said = await model.ask({
      purpose: 'answer',
      conversation,
      instructions: answerInstructions(secret.own, secret.mark),
      data: {
        locale,
        history: material.said.map((each) => ({
          by: each.by,
          text: each.text.slice(0, MOST_CHARACTERS),
        })),
        passages: Array.from(passages, ([id, passage]) => ({
          id,
          headings: passage.headings,
          text: passage.text,
        })),
        question: text,
      },
      schema: answerSchema,
      mostOutputTokens: settings.mostOutputTokens,
      ...(hasTools ? { tools: discreet(tools, (tool) => observer.toolFailed?.(tool)) } : {}),
      signal,
    });
    return judge(said, { passages, secret }, (count) => observer.contactsRemoved?.(count));
  }

  async function attempt(question: Question): Promise<Verdict | AnswerOutcome> {
    const { signal } = question;
    try {
      return await withinTime({ clock, limitMs: timeoutMs, signal }, (limited) =>
        answer(question, limited),
      );
    } catch (error) {
      return outcomeOf(failureOf(error).reason);
    }
  }

  return {
    async ask(question) {
      const outcome = await attempt(question);
      if (outcome.kind === 'answered' || outcome.kind === 'handed-over') return outcome;
      const { conversation, signal } = question;
      const because = outcome.kind;
      const isCalled = await callHuman(handover, {
        conversation,
        because,
        signal,
        clock,
        observer,
      });
      if (isCalled) return { kind: 'handed-over', because };
      return outcome.kind === 'asked' ? { kind: 'unsure', reason: 'human-wanted' } : outcome;
    },
  };
}

function outcomeOf(reason: FailureReason): AnswerOutcome {
  if (reason === 'content-filter' || reason === 'forbidden-tool') {
    return { kind: 'refused', reason };
  }
  if (reason === 'over-budget-person') return { kind: 'over-budget', of: 'person' };
  if (reason === 'over-budget-day') return { kind: 'over-budget', of: 'day' };
  return { kind: 'failed', reason };
}
