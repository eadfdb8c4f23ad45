import { inTurn, type Rounds } from './rounds.ts';

/** One way of doing something, `count` times. */
export interface Contender {
  readonly name: string;
  /** What must be there before; not counted. */
  prepare?(count: number): Promise<void>;
  run(count: number): Promise<void> | void;
  /** Takes away what `prepare` and `run` left; not counted. */
  cleanUp?(): Promise<void>;
}

/** What is counted. */
export interface Meter {
  readonly name: string;
  /** Microseconds so far. */
  read(): Promise<number> | number;
}

/** CPU time of this process. */
export const ownCpu: Meter = {
  name: 'CPU, µs each',
  read: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

/** What each of several ways costs, a piece; found under the name of the meter. */
export async function compare(
  title: string,
  contenders: readonly Contender[],
  options: {
    readonly rounds: number;
    readonly count: number;
    /** Default: CPU time of this process. */
    readonly meters?: readonly Meter[];
  },
): Promise<Rounds> {
  const { rounds, count, meters = [ownCpu] } = options;
  const read = (): Promise<number[]> => Promise.all(meters.map(async (meter) => meter.read()));
  return inTurn(title, rounds, contenders, async (contender) => {
    await contender.prepare?.(count);
    const before = await read();
    await contender.run(count);
    const after = await read();
    await contender.cleanUp?.();
    return Object.fromEntries(
      meters.map(({ name }, index) => [name, ((after[index] ?? 0) - (before[index] ?? 0)) / count]),
    );
  });
}

/** Something that takes no time but that of this process. */
export function repeat(name: string, work: () => unknown): Contender {
  return {
    name,
    run(count) {
      for (let time = 0; time < count; time += 1) work();
    },
  };
}
