import { readFileSync } from 'node:fs';
import { startMeta } from './meta/meta.ts';
import { openRedis } from './private-redis.ts';
import { sayProgress } from './progress.ts';
import type { Figure } from './result.ts';
import { startOwn } from './system.ts';

const everySeconds = 10;
/** About half of what the whole path bears on two cores. */
const rate = 1_500;
/** The share of the time in which memory may still grow. */
const warmUp = 0.2;
const against =
  'This is the line through all sizes, which rise and fall: see above whether they end higher than they were.';

/** Memory of all processes under a load that they bear, ten minutes long or `SOAK_MINUTES`. */
export async function benchSoak(): Promise<Figure[]> {
  const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
  const meta = await startMeta();
  const system = await startOwn(meta.graphUrl);
  const { memory, close } = openRedis(system.redisUrl ?? '');
  const { webhook = 0, worker = 0 } = system.processes;
  const samples: Record<'webhook' | 'worker' | 'Redis', number[]> = {
    webhook: [],
    worker: [],
    Redis: [],
  };
  try {
    const times = Math.ceil((minutes * 60) / everySeconds);
    for (let time = 1; time <= times; time += 1) {
      const load = { messages: rate * everySeconds, people: 5_000, rate };
      const { reply, refused, repeated } = await meta.send(system, load);
      samples.webhook.push(residentBytes(webhook));
      samples.worker.push(residentBytes(worker));
      samples.Redis.push(await memory());
      const sizes = Object.entries(samples).map(
        ([name, values]) => `${name} ${((values.at(-1) ?? 0) / 2 ** 20).toFixed(1)} MiB`,
      );
      sayProgress(
        `${time * everySeconds} s: ${sizes.join(', ')}; reply p99 ${reply.p99.toFixed(0)} ms, ${refused} refused, ${repeated} repeated`,
      );
    }
    process.stdout.write(`${minutes} minutes of ${rate} messages a second, after warm-up\n`);
    return Object.entries(samples).map(([name, values]): Figure => {
      const warm = values.slice(Math.floor(values.length * warmUp));
      const mean = warm.reduce((sum, bytes) => sum + bytes, 0) / warm.length;
      const growth = slope(warm) * warm.length;
      process.stdout.write(
        `  ${name.padEnd(30)}${(mean / 2 ** 20).toFixed(1)} MiB, grows by ${(growth / 2 ** 20).toFixed(2)} MiB\n`,
      );
      return {
        what: `soak: growth of the ${name}'s memory, of its mean`,
        unit: '%',
        values: [(growth / mean) * 100],
        // Redis remembers the ids of two days.
        goal: name === 'Redis' ? undefined : { atMost: 5, against },
      };
    });
  } finally {
    await close();
    await system.close();
    meta.close();
  }
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

/** By least squares, a sample. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [up, down] = [0, 0];
  for (const [index, value] of values.entries()) {
    up += (index - middle) * (value - mean);
    down += (index - middle) ** 2;
  }
  return up / down;
}
