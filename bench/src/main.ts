/**
 * Everything that takes seconds, or the benchmarks that are named: `npm run bench -- send receive`.
 * What each is worth is a ratio within one run; absolute times depend on the machine.
 */
import { benchAccept } from './accept.ts';
import { benchDeliver } from './deliver.ts';
import { benchMessage } from './message.ts';
import { benchReceive } from './receive.ts';
import { benchSeen, benchSeenFully } from './seen.ts';
import { benchSend } from './send.ts';
import { benchSendOverTls } from './send-over-tls.ts';
import { benchThroughput } from './throughput.ts';
import { benchTurn } from './turn.ts';
import { benchWholePath } from './whole-path.ts';

const benchmarks = {
  receive: benchReceive,
  send: benchSend,
  'send-over-tls': benchSendOverTls,
  accept: benchAccept,
  turn: benchTurn,
  throughput: benchThroughput,
  seen: benchSeen,
  'seen-48h': benchSeenFully,
  deliver: benchDeliver,
  message: benchMessage,
  'whole-path': benchWholePath,
};
/** Runs only when it is named, for it takes minutes. */
const long = 'seen-48h';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  throw new Error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 ? name !== long : asked.includes(name)) {
    await run();
  }
}
