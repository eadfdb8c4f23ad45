import type { Latency } from './meta/load.ts';
import { watchCores } from './machine.ts';
import { startMeta } from './meta/meta.ts';
import type { Figure } from './result.ts';
import { inTurn } from './rounds.ts';
import { brief, median } from './spread.ts';
import { startOwn, startReference, type System } from './system.ts';

const rounds = 3;
const roundsOfLatency = 2;
/** What the whole path must bear, and some more than that, for the last replies come afterwards. */
const sustained = 3_500;
const most = 3_700;
const rates = [500, 2_000, most];
/** How long Graph takes, in milliseconds. */
const latencies = [0, 100];
const secondsOfLoad = 4;
const busy = 'cores busy, %';
const parts = ['p50', 'p99', 'p999'] as const satisfies readonly (keyof Latency)[];

/**
 * How soon the webhook answers and how soon the reply is at Graph, which then takes its time, at
 * rates that wait for nobody; and how many replies a second both designs make while Graph takes
 * 100 ms.
 */
export async function benchLatency(): Promise<Figure[]> {
  const meta = await startMeta();
  const systems: System[] = [];
  try {
    const own = await startOwn(meta.graphUrl);
    systems.push(await startReference(meta.graphUrl), own);
    const loads = rates.flatMap((rate) =>
      latencies.map((graphMs) => ({
        name: `${rate} a second, Graph ${graphMs} ms`,
        rate,
        graphMs,
      })),
    );
    const found = await inTurn(
      'latencies in ms',
      roundsOfLatency,
      loads,
      async ({ rate, graphMs }) => {
        const load = { messages: rate * secondsOfLoad, people: 1_000, rate, graphMs };
        const shareOfCores = watchCores();
        const { ack, reply, seconds, refused } = await meta.send(own, load);
        return {
          ...Object.fromEntries(parts.map((part) => [`ack ${part}`, ack[part]])),
          ...Object.fromEntries(parts.map((part) => [`reply ${part}`, reply[part]])),
          'replies a second': (load.messages - refused) / seconds,
          refused,
          [busy]: shareOfCores(),
        };
      },
      false,
    );
    const throughput = await inTurn('Graph takes 100 ms', rounds, systems, async (system) => {
      const messages = system === own ? 20_000 : 60;
      const load = { messages, people: 2_000, unanswered: 2_000, graphMs: 100 };
      const shareOfCores = watchCores();
      const { seconds } = await meta.send(system, load);
      return { 'replies a second': messages / seconds, [busy]: shareOfCores() };
    });

    return [
      ...loads.flatMap(({ name, rate }) =>
        ['ack', 'reply'].flatMap((what) =>
          parts.map((part): Figure => ({
            what: `${what} ${part} at ${name}`,
            unit: 'ms',
            values: found.values(name, `${what} ${part}`),
            goal:
              rate === most && what === 'reply' && part === 'p99'
                ? { atMost: 1_000, against: machineOf(found.values(name, busy)) }
                : undefined,
          })),
        ),
      ),
      ...loads
        .filter(({ rate }) => rate === most)
        .map(({ name, graphMs }): Figure => ({
          what: `replies a second when ${most} are written, Graph ${graphMs} ms`,
          unit: 'a second',
          values: found.values(name, 'replies a second'),
          goal: { atLeast: sustained, against: machineOf(found.values(name, busy)) },
        })),
      {
        what: 'replies a second at 100 ms of Graph: ours beside the reference design',
        unit: 'x',
        values: throughput.ratios(own.name, 'replies a second'),
        goal: { atLeast: 350, against: machineOf(throughput.values(own.name, busy)) },
      },
      ...systems.map(({ name }): Figure => {
        const values = throughput.values(name, 'replies a second');
        return { what: `replies a second at 100 ms of Graph, ${name}`, unit: 'a second', values };
      }),
    ];
  } finally {
    for (const system of systems) await system.close();
    meta.close();
  }
}

/** What the machine had left; the rate is one of the few figures here that are no ratio. */
function machineOf(shares: readonly number[]): string {
  return `The cores were ${brief(median(shares))} % busy, with the load and the stand-in for Meta: a slower machine answers fewer.`;
}
