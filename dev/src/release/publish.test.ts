import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { withNextVersions } from './next-versions.ts';
import { publish, publishPacked, type PublishOptions } from './publish.ts';
import { openRepository } from './repository.ts';
import { startSmallRegistry, type SmallRegistry } from './small-registry.test-setup.ts';
import {
  createSmallRepository,
  manifestOf,
  type SmallRepository,
} from './small-repository.test-setup.ts';

let registry: SmallRegistry;
let repository: SmallRepository;
let said: string[];
let options: PublishOptions;

beforeEach(async () => {
  registry = await startSmallRegistry();
  repository = await createSmallRepository(registry.url);
  await repository.run('pnpm', 'install', '--no-frozen-lockfile');
  await repository.commit('First');
  said = [];
  const terminal: Terminal = {
    step: (_, work) => work(),
    say: (line) => void said.push(line),
    complain: (line) => void said.push(line),
  };
  options = { registry: registry.url, folder: join(repository.folder, 'dist'), terminal };
});

const both = ['@bot/lower@1.0.0 latest', '@bot/upper@1.0.0 latest'];

describe('publishing', () => {
  it('brings each package to the registry, those first that others need', async () => {
    await publish(repository, options);
    expect(registry.published).toEqual(both);
    expect(registry.packument('@bot/upper')?.versions['1.0.0']).toMatchObject({
      dependencies: { '@bot/lower': '^1.0.0' },
    });
    expect(said).toEqual([
      `Published @bot/lower 1.0.0 to ${registry.url}.`,
      `Published @bot/upper 1.0.0 to ${registry.url}.`,
    ]);
  });

  it('tries a package with what it needs for one of its entries only', async () => {
    const needs = {
      peerDependencies: { '@bot/lower': '^1.0.0' },
      peerDependenciesMeta: { '@bot/lower': { optional: true } },
    };
    const code = "export { hum } from '@bot/lower';\n";
    await repository.write('packages/choosy/package.json', manifestOf('choosy', needs));
    await repository.write('packages/choosy/src/index.js', code);
    await repository.write('packages/choosy/CHANGELOG.md', '## 0.0.0\n');
    await repository.run('pnpm', 'install', '--no-frozen-lockfile');
    await repository.commit();
    await publish(repository, options);
    expect(registry.published).toContain('@bot/choosy@0.0.0 latest');
  });

  it('is harmless when it is done again, and says so', async () => {
    await publish(repository, options);
    await publish(repository, options);
    expect(registry.published).toEqual(both);
    expect(said.at(-1)).toBe(`Nothing to publish: ${registry.url} has every version.`);
  });

  it('brings what is missing, and tries it with what is there', async () => {
    await publish(repository, options);
    await repository.announce('upper');
    await repository.run('changeset', 'version');
    await repository.commit('Version packages');
    await publish(repository, options);
    expect(registry.published.slice(2)).toEqual(['@bot/upper@1.0.1 latest']);
  });

  it('publishes nothing in a dry run, and later what that has packed', async () => {
    await publish(repository, { ...options, dryRun: true });
    expect(said[0]).toMatch(/^Would publish @bot\/lower 1\.0\.0, @bot\/upper 1\.0\.0 to http/);
    expect(registry.published).toEqual([]);
    await publishPacked(repository, options);
    await publishPacked(repository, options);
    expect(registry.published).toEqual(both);
    expect(said.at(-1)).toMatch(/^Nothing to publish/);
  });
});

it('says in each package in which repository the workflow runs', async () => {
  const workflow = openRepository(repository.folder, {
    ...repository.environment,
    GITHUB_SERVER_URL: 'https://git.example',
    GITHUB_REPOSITORY: 'team/bot',
  });
  await publish(workflow, options);
  expect(registry.packument('@bot/upper')?.versions['1.0.0']).toMatchObject({
    repository: {
      type: 'git',
      url: 'git+https://git.example/team/bot.git',
      directory: 'packages/upper',
    },
  });
  expect(await repository.run('git', 'status', '--porcelain')).toBe('');
});

it('proves by the identity of the workflow who publishes, and signs what with it', async () => {
  const workflow = openRepository(repository.folder, {
    ...repository.environment,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${registry.url}identity?of=us`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of this run',
  });
  // Nobody but Sigstore makes a signature of it; before that it would be refused here.
  await expect(publish(workflow, options)).rejects.toThrow(
    /^@bot\/lower 1\.0\.0 and all after it did not arrive: .*invalid sigstore identity token.*$/,
  );
  expect(registry.asked).toEqual([
    'GET /identity?of=us&audience=npm%3A127.0.0.1',
    'POST /-/npm/v1/oidc/token/exchange/package/@bot%2flower',
    'GET /identity?of=us&audience=sigstore',
  ]);
  expect(registry.published).toEqual([]);
});

describe('publishing is refused, and nothing is published,', () => {
  async function refusal(more: Partial<PublishOptions> = {}): Promise<string> {
    const error: unknown = await publish(repository, { ...options, ...more }).catch(
      (reason: unknown) => reason,
    );
    expect(registry.published).toEqual([]);
    const { name, message } = error as Error;
    expect(name).toBe('SetupError');
    expect(message).toMatch(/^[^\n]+ Nothing was published\.$/);
    return message;
  }

  it('with a dirty tree', async () => {
    await repository.write('notes.txt', '');
    await repository.write('README.md', '');
    expect(await refusal()).toContain('The working tree is dirty (?? README.md and 1 more)');
  });

  it('to another registry than the expected one', async () => {
    const expected = 'https://registry.npmjs.org/';
    expect(await refusal({ registry: expected })).toContain(
      `The registry in force is ${registry.url} and not ${expected}`,
    );
  });

  it('to a registry of the scope, or of one package', async () => {
    const elsewhere = 'http://127.0.0.1:1/';
    await repository.write('.npmrc', `@bot:registry=${elsewhere}\n`);
    await repository.commit();
    expect(await refusal()).toContain(`in force is ${elsewhere} and not`);
    await repository.run('git', 'rm', '--quiet', '.npmrc');
    const publishConfig = { registry: elsewhere };
    const manifest = manifestOf('lower', { version: '1.0.0', publishConfig });
    await repository.write('packages/lower/package.json', manifest);
    await repository.commit();
    expect(await refusal()).toContain(`in force is ${elsewhere} and not`);
  });

  it('while changesets wait', async () => {
    await repository.announce('lower');
    await repository.commit();
    expect(await refusal()).toContain('.changeset/lower-patch.md waits to be versioned');
  });

  it('of a version that no changeset has made', async () => {
    await repository.write(
      'packages/lower/package.json',
      manifestOf('lower', { version: '1.1.0' }),
    );
    await repository.commit();
    expect(await refusal()).toContain('No changeset has made @bot/lower 1.1.0');
  });

  it('of a package that does not build', async () => {
    const scripts = { build: 'cat src/nothing.js' };
    await repository.write(
      'packages/lower/package.json',
      manifestOf('lower', { version: '1.0.0', scripts }),
    );
    await repository.commit();
    expect(await refusal()).toMatch(/^The build failed: cat: src\/nothing\.js: No such file/);
  });

  it('of a package that imports what it does not name, but somebody else of its dependencies', async () => {
    const code = "export { hum } from '@bot/lower';\n";
    const needs = { dependencies: { '@bot/upper': 'workspace:^' } };
    await repository.write('packages/undeclared/package.json', manifestOf('undeclared', needs));
    await repository.write('packages/undeclared/src/index.js', code);
    await repository.write('packages/undeclared/CHANGELOG.md', '## 0.0.0\n');
    await repository.run('pnpm', 'install', '--no-frozen-lockfile');
    await repository.commit();
    expect(await refusal()).toMatch(
      /^@bot\/undeclared 0\.0\.0 does not work alone: .*Cannot find package '@bot\/lower'/,
    );
  });

  it('when nothing was packed that could be', async () => {
    await expect(publishPacked(repository, options)).rejects.toThrow(/^Nothing is packed in /);
  });
});

describe('versions that are not meant to stay', () => {
  it('are published as a snapshot under a tag of their own, and leave no trace here', async () => {
    await repository.announce('upper', 'minor');
    await repository.announce('lower', 'minor');
    await repository.commit();
    const work = (clone: Parameters<typeof publish>[0]): Promise<void> =>
      publish(clone, { ...options, tag: 'try' });
    await withNextVersions(repository, work, { snapshot: 'try' });
    expect(registry.published.map((line) => line.replace(/-\d{14}/, '-T'))).toEqual([
      '@bot/lower@0.0.0-try-T try',
      '@bot/upper@0.0.0-try-T try',
    ]);
    expect(await repository.run('git', 'status', '--porcelain')).toBe('');
  });

  it('leave versions alone that are meant to stay', async () => {
    await repository.announce('lower');
    await repository.commit();
    const work = (clone: Parameters<typeof publish>[0]): Promise<void> =>
      publish(clone, { ...options, tag: 'try' });
    await withNextVersions(repository, work);
    expect(registry.published).toEqual([]);
  });

  it('become pre-releases in pre mode', async () => {
    await publish(repository, options);
    await repository.run('changeset', 'pre', 'enter', 'next');
    await repository.announce('upper', 'minor');
    await repository.run('changeset', 'version');
    await repository.commit();
    await publish(repository, options);
    expect(registry.published.slice(2)).toEqual(['@bot/upper@1.1.0-next.0 next']);
  });

  it('cannot be made of nothing', async () => {
    const work = (): Promise<void> => Promise.reject(new Error('unreachable'));
    await expect(withNextVersions(repository, work)).rejects.toThrow(
      /^There are no next versions: .*No unreleased changesets found/,
    );
  });
});
