import { median, spread } from './spread.ts';

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

const ownCpu: Meter = {
  name: 'CPU',
  read: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

/**
 * CPU time for each of several ways, taken in turn so that a noisy machine is noisy for all of
 * them: medians in microseconds, and ratios to the first. Without a meter, of this process.
 */
export async function compare(
  title: string,
  contenders: readonly Contender[],
  options: { readonly rounds: number; readonly count: number; readonly meter?: Meter },
): Promise<void> {
  const { rounds, count, meter = ownCpu } = options;
  const costs = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      await contender.prepare?.(count);
      const before = await meter.read();
      await contender.run(count);
      const used = (await meter.read()) - before;
      await contender.cleanUp?.();
      // The first round only warms up.
      if (round >= 0) costs[index]?.push(used / count);
    }
  }
  const [first = []] = costs;
  process.stdout.write(
    `${title}: ${meter.name} of ${count} in µs each, median of ${rounds} rounds\n`,
  );
  for (const [index, { name }] of contenders.entries()) {
    const own = costs[index] ?? [];
    const ratios = own.map((cost, round) => cost / (first[round] ?? cost));
    const line = `${median(own).toFixed(1).padStart(8)} µs  ${spread(ratios)}`;
    process.stdout.write(`  ${name.padEnd(28)}${line}\n`);
  }
}
