import type { Clock } from '@bot/handlers';
import type { ModelObserver } from './observer.ts';
import { withinTime } from './time-limit.ts';

/** Why a human is called: the person asked for one, or what the answer would have been instead. */
export type HandoverCause = 'asked' | 'unsure' | 'refused' | 'over-budget' | 'failed';

/** How a conversation gets to a human. */
export interface Handover {
  /** Gives the conversation to humans, or tells them of it; what it throws is not passed on. */
  call(request: {
    readonly conversation: string;
    readonly because: HandoverCause;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** When it is called. Default `['asked', 'unsure']`. */
  readonly when?: readonly HandoverCause[];
}

/** Beside the time of the answer, which may be used up. */
const LIMIT_MS = 3_000;

/** Calls a human if one is wanted for this cause; answers whether one was. */
export async function callHuman(
  handover: Handover | undefined,
  {
    clock,
    observer,
    ...request
  }: Parameters<Handover['call']>[0] & {
    readonly clock: Clock;
    readonly observer: ModelObserver;
  },
): Promise<boolean> {
  const { when = ['asked', 'unsure'] } = handover ?? {};
  if (handover === undefined || !when.includes(request.because)) return false;
  try {
    await withinTime({ clock, limitMs: LIMIT_MS, signal: request.signal }, (signal) =>
      handover.call({ ...request, signal }),
    );
    return true;
  } catch {
    observer.handoverFailed?.();
    return false;
  }
}
