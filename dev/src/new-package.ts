/** `npm run new-package -- <name>`: a package that looks like the others and passes every check. */
import { runCommand } from './command.ts';
import { currentEnvironment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { addPackage } from './package-template.ts';
import { SetupError } from './setup-error.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const environment = currentEnvironment();
try {
  const [, , name = ''] = process.argv;
  await addPackage(repositoryFolder, name);
  // Else pnpm would not take the new package into the lockfile: where CI is set, and while nothing that
  // it needs is new there.
  await run('pnpm', 'install', '--prefer-offline', '--no-frozen-lockfile', '--fix-lockfile');
  await run('oxfmt', `packages/${name}`, 'typedoc.json');
  await run('pnpm', 'api');
  terminal.say(
    `packages/${name} is made: say in its package.json and README what it is for, replace the greeter, and let architecture.test.ts allow what it may import.`,
  );
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  terminal.complain(error.message);
  process.exitCode = 1;
}

async function run(...command: [string, ...string[]]): Promise<void> {
  const { code, output } = await runCommand(command, { environment });
  if (code !== 0) throw new SetupError(`${command.join(' ')} failed:\n${output}`);
}
