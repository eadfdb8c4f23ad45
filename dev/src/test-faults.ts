/**
 * `npm run test:faults`: every fault in its full form. The soak, which takes ten minutes and little of
 * the machine, runs beside the others. Words behind `--` choose files, as for Vitest.
 */
import { runCommand } from './command.ts';
import { currentEnvironment } from './environment.ts';
import { listenForStop } from './stop-requests.ts';

const words = process.argv.slice(2);
const stopping = listenForStop();
const environment = { ...currentEnvironment(), FAULTS: 'full' };

async function run(project: 'faults' | 'soak'): Promise<boolean> {
  const { code } = await runCommand(
    ['vitest', 'run', '--project', project, '--passWithNoTests', ...words],
    { environment, show: true, signal: stopping.signal },
  );
  return code === 0;
}

const passed = await Promise.all([run('faults'), run('soak')]);
process.exitCode = passed.every(Boolean) ? 0 : 1;
stopping.release();
