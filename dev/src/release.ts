/** `npm run release -- …`, see docs/releasing.md. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { currentEnvironment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { announce } from './release/announce.ts';
import { withNextVersions } from './release/next-versions.ts';
import { waitingChangesets } from './release/plan.ts';
import { publish, publishPacked } from './release/publish.ts';
import { npmRegistry } from './release/registry.ts';
import { CommandFailure, openRepository } from './release/repository.ts';
import { unannouncedPackages } from './release/unannounced.ts';
import { describeError, SetupError } from './setup-error.ts';
import { listenForStop } from './stop-requests.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const stopping = listenForStop();
const repository = openRepository(repositoryFolder, currentEnvironment(), stopping.signal);
const folder = join(repositoryFolder, 'dist', 'release');
const usage =
  'Usage: npm run release -- check [--base origin/main] | publish [--dry-run | --packed] [--registry URL] | snapshot [NAME] [--dry-run] [--registry URL] | next [--end] | announce';

process.exitCode = 1;
try {
  await main();
  process.exitCode = 0;
} catch (error) {
  const said = error instanceof CommandFailure ? error.message.trim() : describeError(error);
  terminal.complain(stopping.signal.aborted ? 'Stopped.' : said);
}
stopping.release();

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, name = 'snapshot', ...rest] = positionals;
  const { registry, base, packed, end } = values;
  const options = { registry, folder, terminal, dryRun: values['dry-run'] };
  if (rest.length > 0) throw new SetupError(usage);
  switch (command) {
    case 'check':
      return check(base);
    case 'publish':
      if (packed) return publishPacked(repository, options);
      if (!options.dryRun || (await waitingChangesets(repository)).length === 0) {
        return publish(repository, options);
      }
      return withNextVersions(repository, (clone) => publish(clone, options));
    case 'snapshot':
      if (!/^(?!latest$|next$)[a-z][a-z0-9-]*$/.test(name)) throw new SetupError(usage);
      return withNextVersions(repository, (clone) => publish(clone, { ...options, tag: name }), {
        snapshot: name,
      });
    case 'next':
      await repository.run('changeset', 'pre', ...(end ? ['exit'] : ['enter', 'next']));
      return terminal.say('Commit .changeset/pre.json: the next versions follow it.');
    case 'announce':
      return announce(repository, { folder, terminal });
    case undefined:
    default:
      throw new SetupError(usage);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        base: { type: 'string', default: 'origin/main' },
        registry: { type: 'string', default: npmRegistry },
        'dry-run': { type: 'boolean', default: false },
        packed: { type: 'boolean', default: false },
        end: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new SetupError(`${(error as Error).message} ${usage}`);
  }
}

async function check(base: string): Promise<void> {
  const unannounced = await unannouncedPackages(repository, base);
  if (unannounced.length === 0) {
    return terminal.say(`Every changed package has a changeset since ${base}.`);
  }
  throw new SetupError(
    `Changed since ${base} without a changeset: ${unannounced.join(', ')}. Run \`pnpm changeset\`; with the bump \`none\` when nobody who upgrades will notice.`,
  );
}
