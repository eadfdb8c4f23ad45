import { basename, join } from 'node:path';
import { publishedPackages, repositoryFolder } from '@bot/dev';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse, conversation, type Consumer } from './consumer.ts';
import { oldestOf, peersOf, thirdParties } from './ranges.ts';
import { moduleOf } from './readme.ts';
import type { PublishedManifest } from './registry.ts';
import { rehearse, type Rehearsal } from './rehearsal.ts';
import { testRefusals } from './refusals.ts';
import { testSecondVersion } from './second-version.ts';
import { unpack } from './tarball.ts';

const folders = (await publishedPackages(repositoryFolder)).map(({ folder }) => basename(folder));
/** With the one that is made for the rehearsal. */
const names = [...folders, 'rehearsed'].toSorted();

let rehearsal: Rehearsal;
let manifests: ReadonlyMap<string, PublishedManifest>;

/** All that is released, from the changesets to the registry and into a folder of another team. */
beforeAll(async () => {
  rehearsal = await rehearse();
  manifests = await rehearsal.latest();
}, 600_000);

afterAll(() => rehearsal?.close());

/** Entries that a program may import. */
function entries(): string[] {
  return [...manifests.values()].flatMap(({ name, exports }) => {
    const paths = Object.keys(exports).filter((path) => path !== './package.json');
    return paths.map((path) => join(name, path));
  });
}

describe('what is published', () => {
  it('is every package, those first that others need, and to the registry in force', async () => {
    const { registry, consumer, copy } = rehearsal;
    expect(await consumer.run('npm', 'config', 'get', 'registry')).toBe(registry.url);
    expect(await copy.run('pnpm', 'config', 'get', 'registry')).toBe(registry.url);
    expect([...manifests.keys()].toSorted()).toEqual(names.map((name) => `@bot/${name}`));
    const times = new Map<string, string>();
    for (const { name, version } of manifests.values()) {
      times.set(name, (await registry.list(name))?.time[version] ?? '');
    }
    for (const { name, dependencies = {} } of manifests.values()) {
      for (const needed of Object.keys(dependencies).filter((each) => times.has(each))) {
        expect
          .soft((times.get(name) ?? '') > (times.get(needed) ?? ''), `${name} after ${needed}`)
          .toBe(true);
      }
    }
  });

  it('has the versions of the changesets', async () => {
    for (const { manifest } of await rehearsal.copy.packages()) {
      expect.soft(manifest.version, manifest.name).not.toBe('0.0.0');
      expect.soft(manifests.get(manifest.name)?.version, manifest.name).toBe(manifest.version);
    }
  });

  it.each(names)('is whole, and without what is for development only: %s', async (name) => {
    const { dist, version, ...manifest } = manifests.get(`@bot/${name}`) as PublishedManifest;
    expect(manifest['repository']).toEqual({
      type: 'git',
      url: 'git+https://git.example/team/bot.git',
      directory: `packages/${name}`,
    });
    const tarball = await unpack(dist.tarball, join(rehearsal.folder, 'tarballs', name));
    expect(await tarball.read('package.json')).not.toMatch(/@bot\/source|workspace:/);
    const needed = Object.entries(manifest.dependencies ?? {}).filter(([other]) =>
      manifests.has(other),
    );
    for (const [other, range] of needed) {
      expect.soft(range).toBe(`^${manifests.get(other)?.version}`);
    }
    expect(tarball.files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'dist/index.d.ts']),
    );
    expect(tarball.files.filter((file) => /(^src\/|\.test\.)/.test(file))).toEqual([]);
    const changelog = await tarball.read('CHANGELOG.md');
    expect(changelog).toContain(`\n## ${version}\n`);
    expect(changelog).not.toMatch(/^- [0-9a-f]{7}|Updated dependencies/m);
    const programs = tarball.files.filter((file) => /^dist\/(?!page\/).*\.js$/.test(file));
    for (const program of programs) {
      const map = JSON.parse(await tarball.read(`${program}.map`)) as { sourcesContent: string[] };
      expect.soft(map.sourcesContent, program).not.toContain(null);
    }
    const { run } = rehearsal.consumer;
    await run('publint', '--strict', tarball.file);
    await run('attw', '--profile', 'esm-only', tarball.file);
  });
});

describe('what arrives after npm install', () => {
  it('can be imported and required, every entry', async () => {
    expect(entries().length).toBeGreaterThan(names.length);
    const { run } = rehearsal.consumer;
    await run('node', 'entries.mjs', ...entries());
    expect(await run('npx', '@bot/emulator', '--version')).toBe(
      manifests.get('@bot/emulator')?.version,
    );
  });

  it.each([
    { module: 'node16', moduleResolution: 'node16' },
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])('has types, dependencies included: $module, $moduleResolution', async (resolution) => {
    expect(await rehearsal.consumer.complaintsAbout(entries(), resolution)).toBe('');
  });

  it('carries no HTTP client into a bundle of the webhook side', async () => {
    const { metafile } = await build({
      stdin: {
        contents: "export * from '@bot/graph-client/webhook'",
        resolveDir: rehearsal.consumer.folder,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
    });
    const modules = Object.keys(metafile.inputs).map(
      (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1],
    );
    expect([...new Set(modules)]).toEqual(['@bot/graph-client', undefined]);
  });

  it.each(names)('runs the examples of its README as they are written: %s', async (name) => {
    const { consumer, readmes } = rehearsal;
    const { examples } = readmes.get(`@bot/${name}`) ?? { examples: [] };
    for (const [index, code] of examples.entries()) {
      const file = `example-${String(index + 1).padStart(2, '0')}.ts`;
      await consumer.write(join('readme', name, file), moduleOf(code));
    }
    const results = (await consumer.answerOf('examples.mjs', name)) as Record<string, string>;
    await rehearsal.emptyRedis();
    expect(Object.entries(results).filter(([, result]) => result !== 'ran')).toEqual([]);
    expect(examples.length).toBeGreaterThan(0);
    expect(Object.keys(results)).toHaveLength(examples.length + 1);
  });

  it('makes a bot that answers a person', async () => {
    expect(await converse(rehearsal.consumer)).toEqual(conversation);
  });
});

describe('what the packages need from others', () => {
  const ranges = (): Record<string, string> => thirdParties([...manifests.values()]);

  async function works(team: Consumer): Promise<void> {
    expect(await team.complaintsAbout(entries())).toBe('');
    expect(await converse(team)).toEqual(conversation);
  }

  it('is the newest that their ranges allow, and with that all of the above was seen', async () => {
    const { consumer } = rehearsal;
    for (const [name, range] of Object.entries(ranges())) {
      const answer = await consumer.run('npm', 'view', `${name}@${range}`, 'version', '--json');
      const versions = [JSON.parse(answer) as string | string[]].flat();
      const compare = new Intl.Collator('en', { numeric: true }).compare;
      const newest = versions.toSorted(compare).at(-1);
      expect.soft(await consumer.versionOf(name), name).toBe(newest);
    }
  });

  it('may be the oldest', async () => {
    const oldest = oldestOf(ranges());
    expect(oldest['ioredis']).toMatch(/^5\./);
    const peers = peersOf([...manifests.values()]);
    const { named = [], others = [] } = Object.groupBy(Object.entries(oldest), ([name]) =>
      peers.has(name) ? 'named' : 'others',
    );
    const team = await rehearsal.createConsumer(
      [...manifests.keys(), ...named.map((each) => each.join('@'))],
      Object.fromEntries(others),
    );
    for (const [name, version] of Object.entries(oldest)) {
      expect.soft(await team.versionOf(name), name).toBe(version);
    }
    await team.run('node', 'entries.mjs', ...entries());
    await works(team);
  });

  it('may be the last ioredis 5, and nothing that is only for some', async () => {
    const team = await rehearsal.createConsumer([...manifests.keys(), 'ioredis@5']);
    expect(await team.versionOf('ioredis')).toMatch(/^5\.(?!4\.)/);
    await expect(team.versionOf('ai')).rejects.toThrow('ENOENT');
    await works(team);
  });
});

testRefusals(() => rehearsal);
testSecondVersion(
  () => rehearsal,
  () => manifests,
);
