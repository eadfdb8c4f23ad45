import { requireFlawless, startMeta, type Meta } from '../meta/meta.ts';
import { sayProgress } from '../progress.ts';
import type { Figure } from '../result.ts';
import { brief } from '../spread.ts';
import { cpuOf, startOwn, type System } from '../system.ts';
import { costTable, planTable, toMarkdown } from './page.ts';
import type { Costs } from './plan.ts';
import { measureWaiting, openProbe, type Probe, type Traffic } from './probe.ts';
import { seeded } from './seeded.ts';
import { simulate, type Model, type Simulated } from './simulate.ts';

const rates = [300, 1_000, 2_000];
const secondsOfLoad = 10;
const graphMs = 100;
const people = 20_000;
/** Of a worker: the default. */
const turns = 800;
/** So long that turns are short before CPU time is. */
const slowGraphMs = 400;
/** Source: the benchmark `seen`, at 5,000 a second. */
const rememberedIdBytes = 11;

type MessageCosts = Pick<
  Costs,
  'webhookCpu' | 'workerCpu' | 'redisCpu' | 'redisBytesIn' | 'redisBytesOut' | 'fileBytes'
>;

/** What the simulation is to say as well. */
interface Case {
  readonly name: string;
  readonly costs: MessageCosts;
  readonly measured: Pick<Simulated, 'repliesPerSecond'> & Partial<Pick<Simulated, 'reply'>>;
  readonly model: Partial<Model>;
}

/**
 * What a message costs at fixed rates, the same cases simulated with these costs, and what 1,000,
 * 10,000 and 100,000 messages a second take at the costs of the greatest rate: processes of a plan are
 * as busy, and idle ones pay more for a message.
 */
export async function benchCapacity(): Promise<Figure[]> {
  const waitingEventBytes = await measureWaiting();
  const meta = await startMeta();
  try {
    const system = await startOwn(meta.graphUrl);
    const probe = openProbe(system);
    try {
      const before = await probe.memory();
      await send(meta, system, { messages: people, people, unanswered: 1_000 });
      const kept = ((await probe.memory()) - before) / people;
      const flushMs = await probe.flushMs();
      const cases: Case[] = [];
      for (const rate of rates) cases.push(await measureRate(rate, { meta, system, probe }));
      const planned = (cases.at(-1) as Case).costs;
      const { found, turnMs } = await measureTurns({ meta, system, probe });
      cases.push(found);
      const figures = cases.flatMap((each) => compare(each, flushMs));
      const costs: Costs = {
        ...planned,
        ownMs: turnMs - slowGraphMs,
        graphMs,
        turns,
        waitingEventBytes: waitingEventBytes - rememberedIdBytes,
        rememberedIdBytes,
        conversationBytes: kept - rememberedIdBytes,
      };
      process.stdout.write(`\n${toMarkdown(costTable(costs))}\n${toMarkdown(planTable(costs))}`);
      return figures;
    } finally {
      probe.close();
      await system.close();
    }
  } finally {
    meta.close();
  }
}

interface Measuring {
  readonly meta: Meta;
  readonly system: System;
  readonly probe: Probe;
}

async function measureRate(rate: number, measuring: Measuring): Promise<Case> {
  const messages = rate * secondsOfLoad;
  const load = { messages, people, rate, graphMs };
  const { costs, outcome } = await measure(`${rate} a second`, load, measuring);
  return {
    name: `${rate} a second`,
    costs,
    // Without the time after the last delivery.
    measured: { repliesPerSecond: messages / outcome.seconds, reply: outcome.reply },
    model: { messagesPerSecond: rate, graphMs },
  };
}

/** All turns taken all the time: how long each takes, and how many there are a second. */
async function measureTurns(measuring: Measuring): Promise<{ found: Case; turnMs: number }> {
  const waves = 25;
  const messages = waves * turns;
  const load = { messages, people, unanswered: 2 * turns, graphMs: slowGraphMs };
  const { costs, outcome } = await measure('all turns taken', load, measuring);
  // The first wave is at Graph at once.
  const turnMs = (outcome.seconds * 1_000) / (waves - 1);
  const found: Case = {
    name: `all turns taken, Graph ${slowGraphMs} ms`,
    costs,
    measured: { repliesPerSecond: (turns * 1_000) / turnMs },
    // Twice what the turns can bear.
    model: { messagesPerSecond: (2_000 * turns) / slowGraphMs, graphMs: slowGraphMs },
  };
  return { found, turnMs };
}

async function measure(
  name: string,
  load: Parameters<Meta['send']>[1],
  { meta, system, probe }: Measuring,
): Promise<{ costs: MessageCosts; outcome: Awaited<ReturnType<Meta['send']>> }> {
  sayProgress(`capacity: ${name}`);
  const [cpuBefore, before] = [cpuOf(system), await probe.traffic()];
  const outcome = await send(meta, system, load);
  const [cpu, after] = [cpuOf(system), await probe.traffic()];
  const used = (process: string): number =>
    (((cpu[process] ?? 0) - (cpuBefore[process] ?? 0)) / load.messages) * 1_000;
  const each = (what: keyof Traffic): number => (after[what] - before[what]) / load.messages;
  return {
    costs: {
      webhookCpu: used('webhook'),
      workerCpu: used('worker'),
      redisCpu: used('Redis'),
      redisBytesIn: each('in'),
      redisBytesOut: each('out'),
      fileBytes: each('file'),
    },
    outcome,
  };
}

async function send(
  meta: Meta,
  system: System,
  load: Parameters<Meta['send']>[1],
): ReturnType<Meta['send']> {
  return requireFlawless(await meta.send(system, load));
}

/** Simulates the same, prints both, and answers what was simulated in parts of what was measured. */
function compare({ name, costs, measured, model }: Case, flushMs: number): Figure[] {
  const simulated = simulate({
    messagesPerSecond: 0,
    seconds: secondsOfLoad + 2,
    warmUpSeconds: 2,
    // They write in turn, so that nobody writes while being answered.
    conversations: 1_000_000,
    skew: 0,
    webhooks: 1,
    workers: 1,
    shards: 1,
    turns,
    // CPU-seconds for 1,000 are ms for one.
    webhookMs: costs.webhookCpu,
    workerMs: costs.workerCpu,
    redisMs: costs.redisCpu,
    flushMs,
    graphMs,
    service: 'constant',
    random: seeded(1),
    ...model,
  });
  const rows: [what: string, measured: number, simulated: number][] = [
    ['replies a second', measured.repliesPerSecond, simulated.repliesPerSecond],
  ];
  const { reply } = measured;
  if (reply) {
    rows.push(['reply p50, ms', reply.p50, simulated.reply.p50]);
    rows.push(['reply p99, ms', reply.p99, simulated.reply.p99]);
  }
  const { webhookCpu, workerCpu, redisCpu } = costs;
  const cpu = [webhookCpu, workerCpu, redisCpu].map((each) => each.toFixed(3)).join(' + ');
  process.stdout.write(`${name}: CPU ${cpu} s for 1,000, the disk ${flushMs.toFixed(2)} ms\n`);
  for (const [what, one, other] of rows) {
    process.stdout.write(
      `  ${what.padEnd(20)} measured ${brief(one).padStart(8)}  simulated ${brief(other).padStart(8)}\n`,
    );
  }
  return rows.map(([what, one, other]) => ({
    what: `capacity, ${name}: ${what}, simulated beside measured`,
    unit: 'x',
    values: [other / one],
  }));
}
