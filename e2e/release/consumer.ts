import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIn, type Environment, type Run } from './commands.ts';

/** A folder of another team: it has what npm put there, and programs of its own. */
export interface Consumer {
  readonly folder: string;
  readonly run: Run;
  write(file: string, text: string): Promise<void>;
}

/** Makes a folder with our programs and what npm installs into it. */
export async function createConsumer(options: {
  readonly parent: string;
  readonly environment: Environment;
  readonly installs: readonly string[];
  /** Versions that are taken whatever the packages ask for. */
  readonly overrides?: Readonly<Record<string, string>>;
}): Promise<Consumer> {
  const { parent, environment, installs, overrides = {} } = options;
  const folder = await mkdtemp(join(parent, 'consumer-'));
  const run = runIn(folder, environment);
  const consumer: Consumer = {
    folder,
    run,
    async write(file, text) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      await writeFile(join(folder, file), text);
    },
  };
  await cp(join(import.meta.dirname, 'programs'), folder, { recursive: true });
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module', overrides };
  await consumer.write('package.json', JSON.stringify(manifest));
  await run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...installs);
  return consumer;
}
