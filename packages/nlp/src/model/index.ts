// A model and its limits
export { createGuardedModel } from './guarded-model.ts';
export type {
  GuardedModel,
  GuardedModelOptions,
  ModelAnswer,
  ModelRequest,
} from './guarded-model.ts';
export { createCompatibleModel } from './openai-compatible.ts';
export type { CompatibleModelOptions } from './openai-compatible.ts';
export type { ModelTool, ModelTools } from './allowed-tools.ts';
export type { ProviderModel } from './provider.ts';
export type { BreakerOptions } from './breaker.ts';
export type { Data } from './data-message.ts';

// Budgets
export { createBudget } from './budget.ts';
export type { Allowance, Budget, BudgetOptions, Prices, Reserve, TokenCount } from './budget.ts';
export type { BudgetStore, LimitedSpending, Spending } from './budget-store.ts';
export { createMemoryBudgetStore } from './budget-stores/memory.ts';
export { createRedisBudgetStore } from './budget-stores/redis.ts';
export type { BudgetRedis, RedisBudgetStoreOptions } from './budget-stores/redis.ts';

// What a person means
export { createModelRecogniser } from './recogniser.ts';
export type { ModelRecogniserOptions } from './recogniser.ts';

// Answers
export { createAnswers } from './answers.ts';
export type { AnswerOutcome, Answers, AnswersOptions, Question } from './answers.ts';
export type { Answered, UnsureReason } from './verdict.ts';
export type { History, Said } from './material.ts';
export type { Handover, HandoverCause } from './handover.ts';

// Documents
export type { Passage, Passages } from './passages.ts';
export { createPassages } from './passage-store.ts';
export type {
  LoadedFiles,
  MarkdownFile,
  PassageDatabase,
  PassageStore,
  PassageStoreOptions,
} from './passage-store.ts';
export { readMarkdown } from './markdown-folder.ts';

// What happens
export { ModelFailure } from './failure.ts';
export type { FailureDetails, FailureReason } from './failure.ts';
export type { ModelCall, ModelObserver, Purpose } from './observer.ts';
