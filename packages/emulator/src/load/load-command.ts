import { type LoadOptions, runLoad } from './load.ts';
import { progressOf, summaryOf } from './summary.ts';

/** Runs a load and prints it; answers whether every message had its one answer, in order. */
export async function loadCommand(
  options: LoadOptions,
  print: (line: string) => void,
  cpuSeconds: () => number,
  signal: AbortSignal,
): Promise<boolean> {
  const { people, rate, forMs } = options;
  print(`${people} people write ${rate} messages a second for ${forMs / 1_000} s.`);
  const before = cpuSeconds();
  const report = await runLoad(options, (soFar) => print(progressOf(soFar)), signal);
  print(summaryOf(report, cpuSeconds() - before));
  const { doubled, open, outOfOrder, sent } = report;
  return sent > 0 && open + doubled + outOfOrder === 0;
}
