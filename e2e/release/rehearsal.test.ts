import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { publishedPackages, startRedis } from '@bot/dev';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { environmentOf, runIn, type Environment } from './commands.ts';
import { createConsumer, type Consumer } from './consumer.ts';
import { oldestOf, thirdParties } from './ranges.ts';
import { publishAll } from './publishing.ts';
import { moduleOf, readReadme, type Readme } from './readme.ts';
import { startRegistry, type Manifest, type Registry } from './registry.ts';
import { copyRepository, writeChangeset, type RepositoryCopy } from './repository-copy.ts';
import { unpack } from './tarball.ts';

type Redis = Awaited<ReturnType<typeof startRedis>>;

const repository = join(import.meta.dirname, '..', '..');
const names = (await publishedPackages(repository)).map(({ folder: path }) => basename(path));

let folder: string;
let registry: Registry;
let redis: Redis;
let environment: Environment;
let copy: RepositoryCopy;
let planned: ReadonlyMap<string, string>;
let consumer: Consumer;
const manifests = new Map<string, Manifest>();
const readmes = new Map<string, Readme>();

/** All that is released, from the changesets to the registry and into a folder of another team. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'messenger-bot-release-'));
  const upstream = await runIn(folder, process.env)('npm', 'config', 'get', 'registry');
  registry = await startRegistry({ folder, upstream });
  redis = await startRedis();
  environment = {
    ...(await environmentOf(process.env, { folder, registry: registry.url })),
    REDIS_URL: redis.url,
  };
  copy = await copyRepository(join(folder, 'repository'), environment);
  await runIn(copy.folder, process.env)('pnpm', 'install', '--frozen-lockfile', '--prefer-offline');
  planned = await copy.bump();
  await copy.build();
  await publishAll(copy, registry);
  for (const [name, path] of copy.packages) {
    manifests.set(name, await latest(name));
    readmes.set(name, await readReadme(path));
  }
  const installs = [...readmes.values()].flatMap((readme) => readme.installs);
  installs.push('@types/node@22');
  consumer = await createConsumer({ parent: folder, environment, installs });
}, 600_000);

afterAll(async () => {
  await redis?.close();
  await registry?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The version that `npm install` takes. */
async function latest(name: string): Promise<Manifest> {
  const listing = await registry.list(name);
  const manifest = listing?.versions[listing['dist-tags']['latest'] ?? ''];
  if (manifest === undefined) throw new Error(`The registry has no ${name}`);
  return manifest;
}

/** Entries that a program may import. */
function entriesOf({ name, exports }: Manifest): string[] {
  const paths = Object.keys(exports).filter((path) => path !== './package.json');
  return paths.map((path) => join(name, path));
}

const complaint = "must be the app's secret";
const conversation = {
  handshake: { ok: true },
  answer: 'Bạn vừa nói: "xin chào"',
  complaint: `appSecret ${complaint}.`,
};

/** What a program prints last, below what Node may warn of. */
async function answerOf({ run }: Consumer, ...program: string[]): Promise<unknown> {
  return JSON.parse((await run('node', ...program)).split('\n').at(-1) ?? '');
}

const converse = (team: Consumer): Promise<unknown> => answerOf(team, 'conversation.mjs');

describe('what is published', () => {
  it('is every package, those first that others need', async () => {
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

  it.each(names)('has the version of its changesets: %s', async (name) => {
    const manifest = manifests.get(`@bot/${name}`);
    const { version } = JSON.parse(
      await readFile(join(copy.packages.get(`@bot/${name}`) ?? '', 'package.json'), 'utf8'),
    ) as Manifest;
    expect(manifest?.version).toBe(planned.get(`@bot/${name}`) ?? version);
    expect(version).not.toBe('0.0.0');
  });

  it.each(names)('is whole, and without what is for development only: %s', async (name) => {
    const { dist, version } = await latest(`@bot/${name}`);
    const tarball = await unpack(dist.tarball, join(folder, 'tarballs', name));
    const manifest = await tarball.read('package.json');
    expect(manifest).not.toMatch(/@bot\/source|workspace:/);
    const { dependencies = {} } = JSON.parse(manifest) as Manifest;
    const ours = [...manifests.values()].filter((other) => other.name in dependencies);
    for (const other of ours) expect.soft(dependencies[other.name]).toBe(`^${other.version}`);
    expect(tarball.files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'dist/index.d.ts']),
    );
    expect(tarball.files.filter((file) => /(^src\/|\.test\.)/.test(file))).toEqual([]);
    expect(await tarball.read('CHANGELOG.md')).toContain(`\n## ${version}\n`);
    const programs = tarball.files.filter((file) => /^dist\/(?!page\/).*\.js$/.test(file));
    for (const program of programs) {
      const map = JSON.parse(await tarball.read(`${program}.map`)) as { sourcesContent: string[] };
      expect.soft(map.sourcesContent, program).not.toContain(null);
    }
    const check = runIn(folder, environment);
    await check('publint', '--strict', tarball.file);
    await check('attw', '--profile', 'esm-only', tarball.file);
  });
});

describe('what arrives after npm install', () => {
  it('can be imported and required, every entry', async () => {
    const entries = [...manifests.values()].flatMap(entriesOf);
    expect(entries.length).toBeGreaterThan(names.length);
    await consumer.run('node', 'entries.mjs', ...entries);
    expect(await consumer.run('npx', '@bot/emulator', '--version')).toBe(
      manifests.get('@bot/emulator')?.version,
    );
  });

  it.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('has types, dependencies included: module %s, moduleResolution %s', async (module, how) => {
    const entries = [...manifests.values()].flatMap(entriesOf);
    const lines = entries.map((entry, index) => `export * as entry${index} from '${entry}';`);
    await consumer.write('types/index.ts', lines.join('\n'));
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2023',
      types: ['node'],
      module,
      moduleResolution: how,
      skipLibCheck: false,
    };
    await consumer.write(
      'types/tsconfig.json',
      JSON.stringify({ compilerOptions, files: ['index.ts'] }),
    );
    expect(await consumer.run('tsc', '-p', 'types')).toBe('');
  });

  it('carries no HTTP client into a bundle of the webhook side', async () => {
    const { metafile } = await build({
      stdin: {
        contents: "export * from '@bot/graph-client/webhook'",
        resolveDir: consumer.folder,
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
    const { examples } = readmes.get(`@bot/${name}`) ?? { examples: [] };
    for (const [index, code] of examples.entries()) {
      const file = `example-${String(index + 1).padStart(2, '0')}.ts`;
      await consumer.write(join('readme', name, file), moduleOf(code));
    }
    const results = (await answerOf(consumer, 'examples.mjs', name)) as Record<string, string>;
    expect(Object.entries(results).filter(([, result]) => result !== 'ran')).toEqual([]);
    expect(Object.keys(results)).toHaveLength(examples.length + 1);
  });

  it('makes a bot that answers a person', async () => {
    expect(await converse(consumer)).toEqual(conversation);
  });

  it('works with the oldest versions that its ranges allow as well', async () => {
    const oldest = oldestOf(thirdParties([...manifests.values()]));
    const old = await createConsumer({
      parent: folder,
      environment,
      installs: [...manifests.keys(), `ioredis@${oldest['ioredis']}`],
      overrides: oldest,
    });
    for (const [name, version] of Object.entries(oldest)) {
      const installed = await readFile(
        join(old.folder, 'node_modules', name, 'package.json'),
        'utf8',
      );
      expect.soft((JSON.parse(installed) as Manifest).version, name).toBe(version);
    }
    expect(await converse(old)).toEqual(conversation);
  });
});

describe('publishing again', () => {
  const everything = (): Promise<unknown[]> =>
    Promise.all([...copy.packages.keys()].map((name) => registry.list(name)));

  it('changes nothing when no version is new, nor when one is forced', async () => {
    const before = await everything();
    await publishAll(copy, registry);
    const forced = runIn(copy.packages.get('@bot/queue') ?? '', environment);
    await expect(forced('pnpm', 'publish', '--no-git-checks', '--force')).rejects.toThrow(/409/);
    expect(await everything()).toEqual(before);
    expect(await copy.run('git', 'status', '--porcelain')).toBe('');
  });

  it('asks no other registry when that is the one in force', async () => {
    const asked: (string | undefined)[] = [];
    const other = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(404).end();
    });
    other.listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const wrong = { ...environment, pnpm_config_registry: `http://127.0.0.1:${port}/` };
    await expect(publishAll({ ...copy, run: runIn(copy.folder, wrong) }, registry)).rejects.toThrow(
      `pnpm would publish to http://127.0.0.1:${port}/, and not to`,
    );
    expect(asked).toEqual([]);
  });

  it('brings the second version to who updates, and to nobody else', async () => {
    const options = join(copy.packages.get('@bot/graph-client') ?? '', 'src', 'options.ts');
    const source = await readFile(options, 'utf8');
    expect(source).toContain(complaint);
    await writeFile(options, source.replace(complaint, 'must be a secret'));
    const text = 'The complaint about a secret is shorter.';
    await writeChangeset(copy, { name: '@bot/graph-client', kind: 'patch', text });
    await copy.commit('Complain in fewer words');
    const again = await copy.bump();
    await copy.build();
    await publishAll(copy, registry);

    expect([...again.keys()]).toEqual(['@bot/graph-client']);
    expect(await latest('@bot/graph-client')).toMatchObject({
      version: again.get('@bot/graph-client'),
    });
    expect(await latest('@bot/queue')).toEqual(manifests.get('@bot/queue'));
    expect(await converse(consumer)).toEqual(conversation);
    await consumer.run('npm', 'update', '--ignore-scripts', '--no-audit', '--no-fund');
    expect(await converse(consumer)).toEqual({
      ...conversation,
      complaint: 'appSecret must be a secret.',
    });
    const installed = join(consumer.folder, 'node_modules', '@bot', 'graph-client');
    expect(await readFile(join(installed, 'CHANGELOG.md'), 'utf8')).toContain(text);
  });
});
