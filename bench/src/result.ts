/** A figure that a benchmark found. */
export interface Figure {
  /** What it is of; no two are of the same. */
  readonly what: string;
  /** `x` is a ratio to the first of those that were measured in turn. */
  readonly unit: 'x' | 's' | 'ms' | 'µs' | 'bytes' | 'a second' | '%';
  /** One a round. */
  readonly values: readonly number[];
  readonly goal?: Goal | undefined;
}

/** What the median must be. */
export type Goal = ({ readonly atMost: number } | { readonly atLeast: number }) & {
  /** What stands against it, told when it is missed. */
  readonly against?: string;
};

/** Measures, prints, and answers what others go on with. */
export type Benchmark = () => Promise<readonly Figure[]>;
