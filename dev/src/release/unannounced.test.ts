import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSmallRepository,
  manifestOf,
  type SmallRepository,
} from './small-repository.test-setup.ts';
import { unannouncedPackages } from './unannounced.ts';

let repository: SmallRepository;
const unannounced = (base = 'main'): Promise<string[]> => unannouncedPackages(repository, base);

beforeEach(async () => {
  repository = await createSmallRepository();
  await repository.commit('First');
  await repository.run('git', 'switch', '--quiet', '--create', 'hum');
});

describe('a changeset is missing', () => {
  it.each([
    ['its code', 'packages/lower/src/index.js', 'export const hum = 2;\n'],
    ['a new file', 'packages/lower/src/new.js', 'export const hum = 2;\n'],
    ['how it is built', 'packages/lower/tsup.config.ts', ''],
    ['its README', 'packages/lower/README.md', '# Lower\n'],
    ['what it needs', 'packages/lower/package.json', manifestOf('lower', { dependencies: {} })],
  ])('when %s has changed, committed or not', async (_, file, content) => {
    await repository.write(file, content);
    expect(await unannounced()).toEqual(['@bot/lower']);
    await repository.commit();
    expect(await unannounced()).toEqual(['@bot/lower']);
  });

  it('for a package that is new or published from now on', async () => {
    await repository.write('packages/new/package.json', manifestOf('new'));
    await repository.write('packages/hidden/package.json', manifestOf('hidden'));
    expect(await unannounced()).toEqual(['@bot/hidden', '@bot/new']);
  });

  it('for where a file comes from, and for where it goes', async () => {
    await repository.run('git', 'mv', 'packages/lower/src/index.js', 'packages/upper/src/moved.js');
    expect(await unannounced()).toEqual(['@bot/lower', '@bot/upper']);
  });

  it('when another package has one, or an earlier change of the same', async () => {
    await repository.run('git', 'switch', '--quiet', 'main');
    await repository.announce('lower');
    await repository.commit();
    await repository.run('git', 'switch', '--quiet', '--create', 'later');
    await repository.write('packages/lower/src/index.js', 'export const hum = 2;\n');
    await repository.announce('upper');
    expect(await unannounced()).toEqual(['@bot/lower']);
  });
});

describe('no changeset is missing', () => {
  it.each(['patch', 'none'])('when one with the bump %s came along', async (bump) => {
    await repository.write('packages/lower/src/index.js', 'export const hum = 2;\n');
    await repository.announce('lower', bump);
    expect(await unannounced()).toEqual([]);
  });

  it.each([
    ['packages/lower/src/index.test.ts', ''],
    ['packages/lower/src/tune.test-setup.ts', ''],
    ['packages/lower/CHANGELOG.md', ''],
    ['packages/hidden/src/index.js', ''],
    ['docs/humming.md', ''],
    [
      'packages/lower/package.json',
      manifestOf('lower', { version: '1.0.0', scripts: {}, devDependencies: { x: '1.0.0' } }),
    ],
  ])('when nobody who upgrades can notice: %s', async (file, content) => {
    await repository.write(file, content);
    expect(await unannounced()).toEqual([]);
  });

  it('on the branch of a release', async () => {
    await repository.run('git', 'switch', '--quiet', 'main');
    await repository.write('packages/lower/src/index.js', 'export const hum = 2;\n');
    await repository.announce('lower', 'major');
    await repository.commit();
    await repository.run('git', 'switch', '--quiet', '--create', 'changeset-release/main');
    await repository.run('changeset', 'version');
    expect(await repository.run('git', 'diff', '--stat')).toContain('packages/upper/package.json');
    expect(await unannounced()).toEqual([]);
  });

  it('for what the base branch has changed since', async () => {
    await repository.run('git', 'switch', '--quiet', 'main');
    await repository.write('packages/lower/src/index.js', 'export const hum = 2;\n');
    await repository.commit();
    await repository.run('git', 'switch', '--quiet', 'hum');
    expect(await unannounced()).toEqual([]);
  });
});

it('says what to do about a base that it does not find', async () => {
  await expect(unannounced('origin/main')).rejects.toThrow(/^origin\/main .* --base\.$/);
});

it('refuses a changeset of what is not published', async () => {
  await repository.announce('hidden');
  await expect(unannounced()).rejects.toThrow(
    '.changeset/hidden-patch.md names @bot/hidden, which is not published',
  );
});
