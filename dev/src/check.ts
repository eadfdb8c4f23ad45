/** `npm run check`: everything but the tests. */
import { runChecks, summary } from './checks.ts';
import { currentEnvironment } from './environment.ts';
import { listenForStop } from './stop-requests.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const stopping = listenForStop();
process.exitCode = 1;
try {
  const tally = await runChecks(terminal, currentEnvironment(), stopping.signal);
  terminal.say(summary(tally));
  if (tally.failed === 0) process.exitCode = 0;
} catch (error) {
  if (!stopping.signal.aborted) throw error;
  terminal.complain('Stopped.');
}
stopping.release();
