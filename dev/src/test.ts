/** `npm test`: every check, then every test; each counts one in the last line. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { runChecks, summary, type Tally } from './checks.ts';
import { runCommand } from './command.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { SetupError } from './setup-error.ts';
import { listenForStop } from './stop-requests.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const stopping = listenForStop();
process.exitCode = 1;
try {
  const environment = currentEnvironment();
  const checked = await runChecks(terminal, environment, stopping.signal);
  await findBrowser(environment);
  const tested = await runTests(environment, stopping.signal);
  const all = { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
  terminal.say(summary(all));
  if (all.failed === 0) process.exitCode = 0;
} catch (error) {
  if (!stopping.signal.aborted) throw error;
  terminal.complain('Stopped.');
}
stopping.release();

/** Once, before the tests ask for it one after another; without it theirs are skipped. */
async function findBrowser(environment: Environment): Promise<void> {
  try {
    await findChromium(environment);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    terminal.complain(`Tests with a browser are skipped. ${error.message}`);
  }
}

/** The figures are read from Vitest's own report; a run without one has failed. */
async function runTests(env: Environment, signal: AbortSignal): Promise<Tally> {
  const folder = await temporaryFolder('test');
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await runCommand(
      // The release is rehearsed on its own: `npm run test:release`.
      ['vitest', 'run', '--project=!release', ...reporters],
      { environment: env, show: true, signal },
    );
    signal.throwIfAborted();
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    // A file that cannot be loaded, or an error beside the tests, fails the run without a test.
    const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { passed: numPassedTests, failed };
  } catch {
    signal.throwIfAborted();
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
