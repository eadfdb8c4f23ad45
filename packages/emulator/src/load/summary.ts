import type { LoadReport } from './load.ts';

/** One line, while it runs. */
export function progressOf(report: LoadReport): string {
  const { ms, sent, answered, open, deliveries, latencies, problem } = report;
  const p99 = answered === 0 ? '-' : `${latencies.percentile(99)} ms`;
  const line = `${seconds(ms)} s: sent ${sent}, answered ${answered}, open ${open}, deliveries ${deliveries}, p99 ${p99}`;
  return problem === undefined ? line : `${line}. ${problem}`;
}

/** Everything, at the end. */
export function summaryOf(report: LoadReport, cpuSeconds: number): string {
  const { ms, sent, answered, late, open, doubled, outOfOrder, deliveries, refused } = report;
  const lines = [
    '',
    `sent ${sent}: answered ${answered}, late ${late}, lost ${open}, doubled ${doubled}, out of order ${outOfOrder}`,
    `deliveries ${deliveries} in ${seconds(ms)} s, ${Math.round(deliveries / (ms / 1_000))} a second, not taken ${refused}`,
    `CPU of the load itself: ${cpuSeconds.toFixed(1)} s, ${(cpuSeconds / (ms / 1_000)).toFixed(2)} of a core`,
  ];
  if (report.problem !== undefined) lines.push(report.problem);
  if (answered > 0) lines.push('', ...histogramOf(report));
  return lines.join('\n');
}

const PERCENTILES = [50, 90, 99, 99.9, 100];
const BAR = 40;

function histogramOf({ latencies, powers }: LoadReport): string[] {
  const percentiles = PERCENTILES.map((each) => `p${each} ${latencies.percentile(each)}`);
  const counts = Array.from({ length: powers.length }, (_, power) => powers[power] ?? 0);
  const most = Math.max(...counts);
  const first = counts.findIndex((count) => count > 0);
  const bars = counts.slice(first).map((count, index) => {
    const upTo = String(2 ** (first + index)).padStart(8);
    return `${upTo} ms ${String(count).padStart(8)} ${'█'.repeat(Math.ceil((count / most) * BAR))}`;
  });
  return [`from when it was due until its answer, in ms: ${percentiles.join(', ')}`, ...bars];
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
