import * as fc from 'fast-check';

/** Who takes lanes; each holds one at the most. */
export const WORKERS = 3;
export const LANES = ['ann', 'bình'] as const;

/** What may happen next. Numbers are taken modulo what there is. */
export type Command =
  | {
      readonly kind: 'push';
      readonly lane: number;
      readonly late: number;
      readonly delayMs: number;
    }
  | { readonly kind: 'push-again' | 'cancel' | 'lose-wake-up' | 'confirm'; readonly which: number }
  | {
      readonly kind: 'take';
      readonly worker: number;
      readonly which: number;
      readonly mostLost: number;
    }
  | { readonly kind: 'step' | 'late-step' | 'crash' | 'renew'; readonly worker: number }
  | {
      readonly kind: 'finish' | 'bury';
      readonly worker: number;
      readonly next: 'take' | 'release';
      /** The answer is lost, and the request is sent again. */
      readonly twice: boolean;
    }
  | {
      readonly kind: 'retry';
      readonly worker: number;
      readonly delayMs: number;
      readonly countAttempt: boolean;
      readonly ran: boolean;
      readonly twice: boolean;
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'hasten' | 'forget'; readonly lane: number }
  | { readonly kind: 'sweep'; readonly most: number }
  | { readonly kind: 'replay' | 'drop'; readonly which: number };

const worker = fc.nat(WORKERS - 1);
const which = fc.nat(20);
const is = <const Kind extends Command['kind']>(kind: Kind): fc.Arbitrary<Kind> =>
  fc.constant(kind);
const next = fc.constantFrom('take', 'release');

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: is('push'),
      lane: fc.nat(LANES.length - 1),
      late: fc.constantFrom(0, 0, 0, 1, 5_000),
      delayMs: fc.constantFrom(0, 0, 0, 0, 700, 5_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('push-again', 'cancel', 'lose-wake-up', 'confirm'),
      which,
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: is('take'), worker, which, mostLost: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ kind: is('step'), worker }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('crash', 'renew', 'late-step'), worker }),
  },
  { weight: 6, arbitrary: fc.record({ kind: is('finish'), worker, next, twice: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: is('bury'), worker, next, twice: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: is('retry'),
      worker,
      delayMs: fc.constantFrom(0, 300, 3_000),
      countAttempt: fc.boolean(),
      ran: fc.boolean(),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: is('pass'), ms: fc.constantFrom(1, 400, 1_999, 2_000, 4_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('hasten', 'forget'),
      lane: fc.nat(LANES.length - 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: is('sweep'), most: fc.constantFrom(1, 10) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('replay', 'drop'), which }) },
);

/** Any interleaving of what producers, workers, time and people may do. */
export const interleavings: fc.Arbitrary<Command[]> = fc.array(command, {
  minLength: 5,
  maxLength: 70,
  size: 'max',
});
