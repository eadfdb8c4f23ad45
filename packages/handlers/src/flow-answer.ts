import type { Reply } from './reply.ts';

/** What a step makes of an answer. */
export type Answer<Data> =
  /** Good: keeps the data and goes on, to the next step or a named one. */
  | { readonly kind: 'next'; readonly data: Partial<Data>; readonly to: string | undefined }
  /** Not good: says why and asks again. */
  | { readonly kind: 'again'; readonly say: Reply | undefined }
  /** No answer to this question: handlers registered later may take it, the flow stays. */
  | { readonly kind: 'pass' }
  | { readonly kind: 'cancel' };

/** The answer is good. `to` names a step to jump to. */
export function next<Data>(data: Partial<Data> = {}, to?: string): Answer<Data> {
  return { kind: 'next', data, to };
}

/** The answer is not good; `say` says why, in place of the package's own words. */
export function again(say?: Reply): Answer<never> {
  return { kind: 'again', say };
}

/** It is no answer, and others may take it. */
export function pass(): Answer<never> {
  return { kind: 'pass' };
}

/** Ends the flow. */
export function cancel(): Answer<never> {
  return { kind: 'cancel' };
}
