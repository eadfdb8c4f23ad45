/**
 * Everything, or the benchmarks that are named: `npm run bench -- send receive`. What each is worth
 * is a ratio within one run; absolute times depend on the machine.
 */
import { benchMessage } from './message.ts';
import { benchReceive } from './receive.ts';
import { benchSend } from './send.ts';

const benchmarks = { receive: benchReceive, send: benchSend, message: benchMessage };

const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) {
    await run();
  }
}
