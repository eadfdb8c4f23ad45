/** What a worker asks of the outside world, once per attempt at a step. */
export interface EffectRequest {
  readonly lane: string;
  readonly seq: number;
  readonly step: StepName;
  readonly stepId: string;
  /** Names one run of the handler: `worker-0.2#17`. */
  readonly turn: string;
  readonly attempt: number;
  /** Whether the worker was told that an earlier attempt may have carried this out. */
  readonly repeated: boolean;
}

export type StepName = 'one' | 'two';

/** The steps of every turn, in their order. */
export const stepNames: readonly StepName[] = ['one', 'two'];

/** An effect that reached the outside world. Times are in ms of the sink's monotonic clock. */
export interface Effect extends EffectRequest {
  readonly worker: string;
  readonly at: number;
  /** When it was answered, or its connection broke; absent while neither has happened. */
  endedAt?: number;
}

/** Of a step whose effect this turn carried out: its journal says `done`. */
export interface Stepped {
  readonly stepId: string;
  readonly turn: string;
}

/** A turn that was ended well in Redis. */
export interface Handled {
  readonly lane: string;
  readonly seq: number;
  readonly worker: string;
  readonly at: number;
}

/** An attempt at a poison event, told just before the harm is done. */
export interface Harmed {
  readonly lane: string;
  readonly seq: number;
  readonly worker: string;
  readonly at: number;
}

/** An `add` that was answered. */
export interface Added {
  readonly producer: string;
  readonly events: number;
  /** How long the producer waited for the answer. */
  readonly tookMs: number;
  readonly at: number;
}

/** An `add` that was refused. */
export interface Refused extends Added {
  readonly kind: 'unavailable' | 'overloaded';
}

/** Everything the outside world has seen and was told, in the order of arrival. */
export interface Books {
  /** When each event's `add` had resolved, by the event's id. */
  readonly acked: Map<string, number>;
  /** Events that were acknowledged as known already. */
  duplicates: number;
  readonly effects: Effect[];
  readonly stepped: Stepped[];
  readonly handled: Handled[];
  readonly harms: Harmed[];
  /** Calls of `add` that resolved. */
  readonly added: Added[];
  readonly refused: Refused[];
  /** Guards whose Lua was found and replaced. */
  readonly weakened: Set<string>;
}

export function emptyBooks(): Books {
  return {
    acked: new Map(),
    duplicates: 0,
    effects: [],
    stepped: [],
    handled: [],
    harms: [],
    added: [],
    refused: [],
    weakened: new Set(),
  };
}
