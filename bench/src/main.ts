/**
 * Everything, or the benchmarks that are named: `npm run bench -- send receive`. What each is worth
 * is a ratio within one run; absolute times depend on the machine.
 */
import { benchMessage } from './message.ts';
import { benchReceive } from './receive.ts';
import { benchSend } from './send.ts';

const benchmarks = { receive: benchReceive, send: benchSend, message: benchMessage };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  throw new Error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) {
    await run();
  }
}
