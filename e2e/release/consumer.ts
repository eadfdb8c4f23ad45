import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openRepository, type Environment, type Repository } from '@bot/dev';

/** A folder of another team: it has what npm put there, and programs of its own. */
export interface Consumer extends Repository {
  write(file: string, text: string): Promise<void>;
  install(...packages: readonly string[]): Promise<void>;
  /** What is in force of a package. */
  versionOf(name: string): Promise<string>;
  /** What a program prints last, below what Node may warn of. */
  answerOf(...program: readonly string[]): Promise<unknown>;
  /** What the compiler has against the types of these entries, those of their dependencies included. */
  complaintsAbout(entries: readonly string[], resolution?: Resolution): Promise<string>;
}

interface Resolution {
  readonly module: string;
  readonly moduleResolution: string;
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
  const opened = openRepository(await mkdtemp(join(parent, 'consumer-')), environment);
  const { folder, run } = opened;
  const consumer: Consumer = {
    ...opened,
    async write(file, text) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    },
    async install(...packages) {
      await run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages);
    },
    async versionOf(name) {
      const manifest = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    },
    async answerOf(...program) {
      return JSON.parse((await run('node', ...program)).split('\n').at(-1) ?? '');
    },
    async complaintsAbout(
      entries,
      resolution = { module: 'nodenext', moduleResolution: 'nodenext' },
    ) {
      const lines = entries.map((entry, index) => `export * as entry${index} from '${entry}';`);
      await consumer.write('types/index.ts', lines.join('\n'));
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2023',
        types: ['node'],
        skipLibCheck: false,
        ...resolution,
      };
      const config = { compilerOptions, files: ['index.ts'] };
      await consumer.write('types/tsconfig.json', JSON.stringify(config));
      return run('tsc', '-p', 'types').catch(String);
    },
  };
  await cp(join(import.meta.dirname, 'programs'), folder, { recursive: true });
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module', overrides };
  await consumer.write('package.json', JSON.stringify(manifest));
  await consumer.install('@types/node@22', ...installs);
  return consumer;
}

/** What `converse` answers when all is well. */
export const conversation = { handshake: { ok: true }, answer: 'Bạn vừa nói: "xin chào"' };

/** A person writes to the bot of `programs/conversation.mjs`. */
export function converse(team: Consumer): Promise<unknown> {
  return team.answerOf('conversation.mjs');
}
