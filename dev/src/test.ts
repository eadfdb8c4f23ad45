/** `npm test`: every check, then every test; each counts one in the last line. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runChecks, summary, type Tally } from './checks.ts';
import { runCommand } from './command.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { temporaryFolder } from './folders.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const environment = currentEnvironment();
const checked = await runChecks(terminal, environment);
const tested = await runTests(environment);
const all = { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
terminal.say(summary(all));
process.exitCode = all.failed === 0 ? 0 : 1;

/** The figures are read from Vitest's own report; a run without one has failed. */
async function runTests(env: Environment): Promise<Tally> {
  const folder = await temporaryFolder('test');
  const report = join(folder, 'report.json');
  try {
    const { code } = await runCommand(
      ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { environment: env, show: true },
    );
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    // A file that cannot be loaded, or an error beside the tests, fails the run without a test.
    const failed = code === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { passed: numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
