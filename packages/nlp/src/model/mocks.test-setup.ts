import type { Clock } from '@bot/handlers';
import { MockLanguageModelV4 } from 'ai/test';
import { createBudget, type Budget, type BudgetOptions } from './budget.ts';
import { createMemoryBudgetStore } from './budget-stores/memory.ts';
import {
  createGuardedModel,
  type GuardedModel,
  type GuardedModelOptions,
} from './guarded-model.ts';
import type { ModelCall, ModelObserver } from './observer.ts';

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  move(ms: number): void;
  /** Timers that are set and not yet due. */
  readonly timers: number;
}

export function manualClock(startAt: number = Date.UTC(2026, 10, 26, 5)): ManualClock {
  const waiting = new Set<{ at: number; run: () => void }>();
  let time = startAt;
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    move(ms) {
      time += ms;
      for (const timer of waiting) {
        if (timer.at > time) continue;
        waiting.delete(timer);
        timer.run();
      }
    },
    get timers() {
      return waiting.size;
    },
  };
}

export type Generate = MockLanguageModelV4['doGenerate'];
type Generated = Awaited<ReturnType<Generate>>;

/** What a model of the SDK answers when it says this. */
export function saying(
  said: unknown,
  more: { content?: Generated['content']; tokens?: [number, number]; finish?: string } = {},
): Generated {
  const { tokens: [input, output] = [100, 20], finish = 'stop' } = more;
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return {
    content: more.content ?? [{ type: 'text', text }],
    finishReason: { unified: finish as 'stop', raw: finish },
    usage: {
      inputTokens: {
        total: input,
        noCache: undefined,
        cacheRead: undefined,
        cacheWrite: undefined,
      },
      outputTokens: { total: output, text: undefined, reasoning: undefined },
    },
    warnings: [],
  };
}

/** A model of the SDK's that answers one after another, and the last for ever. */
export function mockModel(...answers: (Generated | Generate | Error)[]): MockLanguageModelV4 {
  let at = 0;
  return new MockLanguageModelV4({
    doGenerate: async (options) => {
      const answer = answers[Math.min(at, answers.length - 1)];
      at += 1;
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw new Error('This model has nothing to say.');
      return typeof answer === 'function' ? answer(options) : answer;
    },
  });
}

/** Never answers, and heeds no signal. */
export const hanging: Generate = () => new Promise(() => {});

export interface Rig {
  readonly clock: ManualClock;
  readonly model: GuardedModel;
  readonly calls: ModelCall[];
  /** What else the observer was told. */
  readonly told: string[];
  readonly observer: ModelObserver;
}

export function rig(
  model: GuardedModelOptions['model'],
  options: Partial<GuardedModelOptions> & {
    clock?: ManualClock;
    limits?: Partial<BudgetOptions>;
  } = {},
): Rig {
  const { clock = manualClock(), limits, ...more } = options;
  const calls: ModelCall[] = [];
  const told: string[] = [];
  const observer: ModelObserver = {
    called: (call) => calls.push(call),
    unsettled: () => told.push('unsettled'),
    historyFailed: () => told.push('historyFailed'),
    toolFailed: (tool) => told.push(`toolFailed ${tool}`),
    contactsRemoved: (count) => told.push(`contactsRemoved ${count}`),
    handoverFailed: () => told.push('handoverFailed'),
  };
  const budget: Budget = createBudget({
    store: createMemoryBudgetStore(),
    clock,
    timeZone: 'Asia/Ho_Chi_Minh',
    perDay: { tokens: 1_000_000 },
    perPersonPerDay: { tokens: 100_000 },
    ...limits,
  });
  const guarded = createGuardedModel({ model, budget, clock, observer, ...more });
  return { clock, model: guarded, calls, told, observer };
}
