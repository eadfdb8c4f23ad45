/** One way of doing something, `count` times. */
export interface Contender {
  readonly name: string;
  run(count: number): Promise<void> | void;
}

/**
 * CPU time of this process for each of several ways, taken in turn so that a noisy machine is
 * noisy for all of them: medians in microseconds, and ratios to the first.
 */
export async function compare(
  title: string,
  contenders: readonly Contender[],
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<void> {
  const costs = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const before = process.cpuUsage();
      await contender.run(count);
      const { user, system } = process.cpuUsage(before);
      // The first round only warms up.
      if (round >= 0) costs[index]?.push((user + system) / count);
    }
  }
  const [first = []] = costs;
  process.stdout.write(`${title}: CPU of ${count} in µs each, median of ${rounds} rounds\n`);
  for (const [index, { name }] of contenders.entries()) {
    const own = costs[index] ?? [];
    const ratios = own.map((cost, round) => cost / (first[round] ?? cost));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const line = `${median(own).toFixed(1).padStart(8)} µs  ${median(ratios).toFixed(2)}x (${spread})`;
    process.stdout.write(`  ${name.padEnd(28)}${line}\n`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
