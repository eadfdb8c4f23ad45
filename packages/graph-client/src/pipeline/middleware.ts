import type { Usage } from './usage.ts';

/** Which of Meta's rate limits a call counts against. */
export type RateClass =
  | 'send'
  | 'send-media'
  | 'private-reply'
  | 'conversations'
  | 'profile'
  | 'other';

/** One call on its way to Graph, as the middlewares see it. */
export interface OutgoingCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Method and address without the query, for messages: no secret is in it. */
  readonly name: string;
  readonly rateClass: RateClass;
  /** How many calls it counts as; more than 1 for a batch. */
  readonly weight: number;
  /** When the call must be over, by the client's clock. */
  readonly deadline: number;
  /** Aborts at the deadline, or when the caller gives the call up. */
  readonly signal: AbortSignal;
}

/** A good answer of Graph's. */
export interface GraphAnswer {
  /** The JSON as it came. */
  readonly value: unknown;
  readonly usage: Usage | undefined;
}

/** The rest of the pipeline; at its end stands the transport. May be called again. */
export type Next = () => Promise<GraphAnswer>;

/**
 * One concern between a call and the network: it may wait, refuse by throwing, repeat `next`, or
 * look at what came back. Keeps its state for one Page.
 *
 * @example
 * const timed: Middleware = async (call, next) => {
 *   const start = clock.now();
 *   try {
 *     return await next();
 *   } finally {
 *     histogram.record(clock.now() - start, { rateClass: call.rateClass });
 *   }
 * };
 */
export type Middleware = (call: OutgoingCall, next: Next) => Promise<GraphAnswer>;

/** Runs a call through the middlewares, the first outermost, to `send` at the end. */
export function runPipeline(
  middlewares: readonly Middleware[],
  call: OutgoingCall,
  send: Next,
): Promise<GraphAnswer> {
  const from = (index: number): Promise<GraphAnswer> => {
    const middleware = middlewares[index];
    return middleware === undefined ? send() : middleware(call, () => from(index + 1));
  };
  return from(0);
}
