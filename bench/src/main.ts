/**
 * Everything but what runs only when it is named, or what is named: `npm run bench -- send verify`.
 * What each is worth is a ratio within one run; absolute times depend on the machine.
 */
import { benchAccept } from './accept.ts';
import { benchCapacity } from './capacity/capacity.ts';
import { benchCluster } from './capacity/cluster.ts';
import { drawChart } from './chart.ts';
import { benchDeliver } from './deliver.ts';
import { benchFinish } from './finish.ts';
import { printGoals } from './goals.ts';
import { benchConversations } from './growth/conversations.ts';
import { benchShards } from './growth/shards.ts';
import { benchWaiting } from './growth/waiting.ts';
import { benchWorkers } from './growth/workers.ts';
import { benchHistory } from './history.ts';
import { benchLatency } from './latency.ts';
import { benchMessage } from './message.ts';
import { benchParse } from './parse.ts';
import { sayProgress } from './progress.ts';
import { benchQueue } from './queue.ts';
import { benchRecognise } from './recognise.ts';
import type { Benchmark, Figure } from './result.ts';
import { benchSeen, benchSeenFully } from './seen.ts';
import { benchSend } from './send.ts';
import { benchSendOverTls } from './send-over-tls.ts';
import { benchSoak } from './soak.ts';
import { keepFigures, keptFigures } from './store.ts';
import { benchTake } from './take.ts';
import { benchThroughput } from './throughput.ts';
import { benchTurn } from './turn.ts';
import { benchVerify } from './verify.ts';
import { benchWebhook } from './webhook.ts';
import { benchWholePath } from './whole-path.ts';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  verify: benchVerify,
  parse: benchParse,
  recognise: benchRecognise,
  accept: benchAccept,
  take: benchTake,
  finish: benchFinish,
  send: benchSend,
  'send-over-tls': benchSendOverTls,
  turn: benchTurn,
  queue: benchQueue,
  throughput: benchThroughput,
  seen: benchSeen,
  'seen-48h': benchSeenFully,
  waiting: benchWaiting,
  conversations: benchConversations,
  shards: benchShards,
  workers: benchWorkers,
  deliver: benchDeliver,
  message: benchMessage,
  webhook: benchWebhook,
  latency: benchLatency,
  history: benchHistory,
  'whole-path': benchWholePath,
  soak: benchSoak,
  capacity: benchCapacity,
  cluster: benchCluster,
  // Of what was found before too.
  goals: keptFigures,
  chart: drawChart,
};
/** Run only when they are named: most of them take minutes, or more than Redis. */
const onlyNamed = new Set(['seen-48h', 'capacity', 'cluster', 'history', 'goals', 'chart']);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  throw new Error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
}
const figures = new Map<string, Figure>();
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 ? !onlyNamed.has(name) : asked.includes(name)) {
    const begun = performance.now();
    const found = await run();
    await keepFigures(found);
    for (const figure of found) figures.set(figure.what, figure);
    sayProgress(`${name} took ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  }
}
printGoals([...figures.values()]);
