import { requireFlawless, startMeta } from './meta/meta.ts';
import { openRedis } from './private-redis.ts';
import type { Figure } from './result.ts';
import { inTurn, type Rounds } from './rounds.ts';
import { median } from './spread.ts';
import { cpuOf, startBare, startOwn, type System } from './system.ts';

const rounds = 5;
/** Events in a round, by events a delivery: the kernel counts CPU time in hundredths of a second. */
const counts = { 1: 20_000, 50: 100_000 };
const cost = 'CPU of an event, µs';
const greatest = 'events a second';
const goals = {
  1: {
    atMost: 1.8,
    against:
      'Bare Fastify writes nothing to Redis; 200 promises that the event is there and its lane woken.',
  },
  50: {
    atMost: 1.25,
    against:
      'Bare Fastify takes 2 µs an event here: less than the smallest write of one to Redis, see `accept`.',
  },
};

/**
 * The webhook process beside the least that Fastify can do. No worker runs, and each event is of
 * a conversation of its own that must be woken: the dearest case. Then how soon both answer at half
 * the rate that ours can bear.
 */
export async function benchWebhook(): Promise<Figure[]> {
  const meta = await startMeta();
  const systems: System[] = [];
  try {
    const own = await startOwn(meta.graphUrl, 0);
    systems.push(await startBare(), own);
    const redis = openRedis(own.redisUrl ?? '');
    await redis.rewriteNoMore();

    const cpu = (eventsPerDelivery: 1 | 50): Promise<Rounds> =>
      inTurn(
        `webhook, events a delivery: ${eventsPerDelivery}`,
        rounds,
        systems,
        async (system) => {
          await redis.empty();
          const before = cpuOf(system)['webhook'] ?? 0;
          const messages = counts[eventsPerDelivery];
          const load = { messages, people: messages, withoutReplies: true };
          const unanswered = 128 * eventsPerDelivery;
          const { seconds } = requireFlawless(
            await meta.send(system, { ...load, eventsPerDelivery, unanswered }),
          );
          const used = (cpuOf(system)['webhook'] ?? 0) - before;
          return { [cost]: (used / messages) * 1_000_000, [greatest]: messages / seconds };
        },
      );
    const one = await cpu(1);
    const fifty = await cpu(50);

    const rate = Math.round(median(one.values(own.name, greatest)) / 2);
    const ack = await inTurn(`ack in ms at ${rate} a second`, rounds, systems, async (system) => {
      await redis.empty();
      const messages = rate * 3;
      const load = { messages, people: messages, rate, withoutReplies: true };
      return { ...requireFlawless(await meta.send(system, load)).ack };
    });
    await redis.close();

    return [
      ...([1, 50] as const).map((size): Figure => ({
        what: `webhook: CPU of an event, ${size} a delivery, beside bare Fastify`,
        unit: 'x',
        values: (size === 1 ? one : fifty).ratios(own.name, cost),
        goal: goals[size],
      })),
      {
        what: 'webhook: ack p99 at half its greatest rate, beside bare Fastify',
        unit: 'x',
        values: ack.ratios(own.name, 'p99'),
        goal: {
          atMost: 3,
          against:
            'Two trips to Redis, which writes to disk, lie between a delivery and its answer.',
        },
      },
      ...(['p50', 'p99', 'p999'] as const).map((part): Figure => {
        const values = ack.values(own.name, part);
        return { what: `webhook: ack ${part} at half its greatest rate`, unit: 'ms', values };
      }),
    ];
  } finally {
    for (const system of systems) await system.close();
    meta.close();
  }
}
