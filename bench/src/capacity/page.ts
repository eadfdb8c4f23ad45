import { brief } from '../spread.ts';
import { planFor, type Costs, type Goal, type Plan } from './plan.ts';

/** Cells of a table, its head first. */
export type Table = readonly (readonly string[])[];

/** The names of the costs on the page, and their units. */
const costRows: Readonly<Record<keyof Costs, readonly [what: string, unit: string]>> = {
  webhookCpu: ['CPU of the webhook for 1,000 messages', 's'],
  workerCpu: ['CPU of the worker for 1,000 messages', 's'],
  redisCpu: ['CPU of Redis for 1,000 messages', 's'],
  ownMs: ['a turn, beside Graph', 'ms'],
  graphMs: ['a call of Graph', 'ms'],
  turns: ['turns side by side in one worker', ''],
  waitingEventBytes: ['memory of an event that waits', 'bytes'],
  rememberedIdBytes: ['memory of a remembered id', 'bytes'],
  conversationBytes: ['memory of a conversation', 'bytes'],
  redisBytesIn: ['what Redis receives for a message', 'bytes'],
  redisBytesOut: ['what Redis answers for a message', 'bytes'],
  fileBytes: ["what Redis' file grows by for a message", 'bytes'],
};

/** What the page plans for. */
export const sizes: readonly Goal[] = [1_000, 10_000, 100_000].map((messagesPerSecond) => ({
  messagesPerSecond,
  share: 0.6,
  outageSeconds: 600,
  rememberedHours: 48,
  dailyShare: 0.5,
  conversations: 1_000 * messagesPerSecond,
}));

const planRows: readonly (readonly [what: string, text: (plan: Plan) => string])[] = [
  ['webhook processes', ({ webhooks }) => count(webhooks)],
  ['worker processes', ({ workers }) => count(workers)],
  ['of them needed by CPU', ({ workersByCpu }) => count(workersByCpu)],
  ['of them needed by turns', ({ workersByTurns }) => count(workersByTurns)],
  ['shards, each on a primary of its own', ({ shards }) => count(shards)],
  [
    'most of them on one primary if its slots are not chosen',
    ({ crowdedShards }) => count(crowdedShards),
  ],
  ['Redis nodes, with a replica each', ({ shards }) => count(2 * shards)],
  ['cores of all processes, without replicas', ({ cores }) => count(cores)],
  ['of them busy', ({ busyCores }) => brief(busyCores)],
  ['`maxmemory` of a Redis node', ({ maxmemoryBytes }) => bytes(maxmemoryBytes)],
  ['a primary receives', ({ redisInBytesPerSecond }) => `${bytes(redisInBytesPerSecond)}/s`],
  ['a primary sends', ({ redisOutBytesPerSecond }) => `${bytes(redisOutBytesPerSecond)}/s`],
  ['a primary writes to disk', ({ fileBytesPerSecond }) => `${bytes(fileBytesPerSecond)}/s`],
  ['`REFUSE_EVENTS` at least', ({ refuseEvents }) => count(refuseEvents)],
  ['Pages at least', ({ pages }) => count(pages)],
];

/** The costs, as the page has them. */
export function costTable(costs: Costs): Table {
  return [
    ['cost', 'value'],
    ...Object.entries(costRows).map(([key, [what, unit]]) => [
      what,
      `${brief(costs[key as keyof Costs])} ${unit}`.trim(),
    ]),
  ];
}

/** What the sizes take at these costs, as the page has it. */
export function planTable(costs: Costs): Table {
  const plans = sizes.map((goal) => planFor(costs, goal));
  return [
    ['messages a second', ...sizes.map(({ messagesPerSecond }) => count(messagesPerSecond))],
    ...planRows.map(([what, text]) => [what].concat(plans.map(text))),
  ];
}

/**
 * The costs that a page names.
 *
 * @throws Error when it does not name one of them.
 */
export function readCosts(markdown: string): Costs {
  const values = new Map(
    tablesOf(markdown).flatMap((table) => table.map(([what, value]) => [what, value])),
  );
  const entries = Object.entries(costRows).map(([key, [what]]) => {
    const value = Number.parseFloat((values.get(what) ?? '').replaceAll(',', ''));
    if (Number.isNaN(value)) throw new Error(`The page does not say: ${what}.`);
    return [key, value];
  });
  return Object.fromEntries(entries) as Costs;
}

/** The tables of a page, without the lines below their heads. */
export function tablesOf(markdown: string): Table[] {
  const blocks = markdown.match(/^\|.*\|$(?:\n\|.*\|$)*/gm) ?? [];
  return blocks.map((block) =>
    block
      .split('\n')
      .filter((_, index) => index !== 1)
      .map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      ),
  );
}

/** As Markdown. */
export function toMarkdown([head = [], ...rows]: Table): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function bytes(value: number): string {
  return value >= 1e9 ? `${brief(value / 1e9)} GB` : `${brief(value / 1e6)} MB`;
}
