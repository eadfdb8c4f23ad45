import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { currentEnvironment, type Environment } from '../environment.ts';
import { temporaryFolder } from '../folders.ts';
import { openRepository, type Repository } from './repository.ts';

/** Two published packages, of which `@bot/upper` needs `@bot/lower`, and a private one. */
export interface SmallRepository extends Repository {
  readonly write: (file: string, content: string | object) => Promise<void>;
  /** Writes a changeset, as a developer does beside a change. */
  announce(name: string, bump?: string): Promise<void>;
  commit(message?: string): Promise<void>;
}

const git = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

export function manifestOf(name: string, more: object = {}): object {
  return {
    name: `@bot/${name}`,
    version: '0.0.0',
    type: 'module',
    files: ['dist'],
    exports: { '.': { default: './dist/index.js' }, './package.json': './package.json' },
    publishConfig: { access: 'public' },
    scripts: { build: 'mkdir -p dist && cp src/index.js dist/index.js' },
    ...more,
  };
}

/** Released as 1.0.0 in its only commit; `registry` is the one in force. */
export async function createSmallRepository(registry?: string): Promise<SmallRepository> {
  const parent = await realpath(await temporaryFolder('small'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'repository');
  await mkdir(folder);
  const own = Object.entries(currentEnvironment()).filter(([name]) => !/^p?npm_/i.test(name));
  const environment: Environment = {
    ...Object.fromEntries(own),
    ...git,
    ...(registry === undefined ? {} : await registryVariables(parent, registry)),
  };
  const { run } = openRepository(folder, environment);
  async function write(file: string, content: string | object): Promise<void> {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  const repository: SmallRepository = {
    folder,
    environment,
    run,
    write,
    announce: (name, bump = 'patch') =>
      write(`.changeset/${name}-${bump}.md`, `---\n'@bot/${name}': ${bump}\n---\n\nIt hums.\n`),
    async commit(message = 'Change') {
      await run('git', 'add', '--all');
      await run('git', 'commit', '--quiet', `--message=${message}`);
    },
  };
  await run('git', 'init', '--quiet', '--initial-branch=main');
  await write('package.json', { private: true, type: 'module' });
  await write('pnpm-workspace.yaml', "packages: ['packages/*']\n");
  await write('.gitignore', 'node_modules\ndist\n');
  await write('.changeset/config.json', {
    changelog: '@changesets/cli/changelog',
    baseBranch: 'main',
    access: 'public',
    privatePackages: { version: false, tag: false },
  });
  const needs = { dependencies: { '@bot/lower': 'workspace:^' } };
  await writePackage(repository, 'lower', 'export const hum = 1;\n');
  await writePackage(repository, 'upper', "export { hum } from '@bot/lower';\n", needs);
  await writePackage(repository, 'hidden', '', { private: true });
  return repository;
}

async function writePackage(
  { write }: SmallRepository,
  name: string,
  code: string,
  more: object = {},
): Promise<void> {
  const version = '1.0.0';
  await write(`packages/${name}/package.json`, manifestOf(name, { version, ...more }));
  await write(`packages/${name}/src/index.js`, code);
  await write(`packages/${name}/README.md`, `# ${name}\n`);
  await write(`packages/${name}/CHANGELOG.md`, `# @bot/${name}\n\n## ${version}\n\nFirst.\n`);
}

/** pnpm asks for a token before it asks the registry, which takes any. */
async function registryVariables(folder: string, registry: string): Promise<Environment> {
  const userconfig = join(folder, 'npmrc');
  await writeFile(userconfig, `${registry.replace('http:', '')}:_authToken=anybody\n`);
  return {
    pnpm_config_registry: registry,
    pnpm_config_userconfig: userconfig,
    NO_PROXY: '127.0.0.1',
  };
}
