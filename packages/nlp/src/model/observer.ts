import type { FailureReason } from './failure.ts';

/** What a model is asked for. */
export type Purpose = 'recognise' | 'answer';

/** A call as it ended: numbers and names only, nothing of what was said. */
export interface ModelCall {
  readonly purpose: Purpose;
  /** Undefined when it answered as it was asked to. */
  readonly failure?: FailureReason | undefined;
  /** The HTTP status of a failure, where there was one. */
  readonly status?: number | undefined;
  readonly durationMs: number;
  /** Times that the provider was asked: 0 when nothing was sent. */
  readonly requests: number;
  /** Tokens by the provider's own count. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * Told of what happens; for metrics and logs. It must not throw, and it never gets a text, a prompt
 * or an answer.
 */
export interface ModelObserver {
  /** A call ended, well or not. */
  called?(call: ModelCall): void;
  /** A call cost another sum than was reserved, and the store did not take it: the reserve stays. */
  unsettled?(): void;
  /** The history could not be read; the question was answered without it. */
  historyFailed?(): void;
  /** A tool that was allowed threw; the model was told that it failed, and not why. */
  toolFailed?(tool: string): void;
  /** So many links, addresses and phone numbers stood in no source and were taken out. */
  contactsRemoved?(count: number): void;
  /** A human could not be called; what would have been said without is said. */
  handoverFailed?(): void;
}
