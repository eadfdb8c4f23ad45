/** `npm run check`: everything but the tests. */
import { runChecks, summary } from './checks.ts';
import { currentEnvironment } from './environment.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const tally = await runChecks(terminal, currentEnvironment());
terminal.say(summary(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
