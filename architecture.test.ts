import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root });
const files = listed
  .toString()
  .split('\n')
  .filter((file) => /\.(tsx?|mjs|js|lua|css|html)$/.test(file))
  .toSorted();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const lineCount = (file: string): number => read(file).split('\n').length - 1;
const shipped = files.filter(
  (file) => /^(packages|apps)\/[^/]+\/src\/.*\.ts$/.test(file) && !/\.test[.-]/.test(file),
);

/** The code without comments, so that words in prose do not count. */
function code(file: string): string {
  return read(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:'"])\/\/.*$/gm, '$1');
}

/** What a file imports, types as well; relative paths resolved. */
function imports(file: string): string[] {
  const found = code(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  );
}

/** All that a file imports, and what that imports, and so on. */
function reach(file: string, reached: Set<string> = new Set()): string[] {
  for (const name of imports(file).filter((each) => !reached.has(each))) {
    reached.add(name);
    if (files.includes(name)) reach(name, reached);
  }
  return [...reached].toSorted();
}

/** Files that may import a module are listed; all others must not. */
function importers(module: RegExp, among: readonly string[] = shipped): string[] {
  return among.filter((file) => imports(file).some((name) => module.test(name)));
}

const inFolder = (folder: string): string[] => shipped.filter((file) => file.startsWith(folder));

/** The package or app a file belongs to. */
const owner = (file: string): string => file.split('/').slice(0, 2).join('/');

describe('who imports whom', () => {
  it('reaches undici in one file of a package', () => {
    expect(importers(/^undici$/)).toEqual([
      'packages/emulator/src/webhook/transport.ts',
      'packages/graph-client/src/transport.ts',
    ]);
  });

  it('reaches bullmq in two files of the queue', () => {
    expect(importers(/^bullmq$/)).toEqual([
      'packages/queue/src/bullmq-wake-ups.ts',
      'packages/queue/src/jobs.ts',
    ]);
  });

  it('reaches ioredis in one file of the queue', () => {
    expect(importers(/^ioredis$/)).toEqual(['packages/queue/src/redis.ts']);
  });

  it('reaches each library of recognition in one file or two', () => {
    expect(importers(/^@nlpjs\/neural$/)).toEqual(['packages/nlp/src/neural-network.ts']);
    expect(importers(/^chrono-node\/vi$/)).toEqual([
      'packages/nlp/src/entities/vietnamese-chrono.ts',
    ]);
    expect(importers(/^chrono-node\/en$/)).toEqual(['packages/nlp/src/entities/dates.ts']);
  });

  it('reaches the history’s database in few of its files', () => {
    expect(importers(/^pg$/)).toEqual([
      'packages/history/src/database.ts',
      'packages/history/src/migrations.ts',
    ]);
    expect(importers(/^@electric-sql/)).toEqual(['packages/history/src/pglite-thread.ts']);
    const drizzle = importers(/^drizzle-orm/);
    expect(drizzle.filter((file) => !file.startsWith('packages/history/'))).toEqual([]);
  });

  it.each([
    ['webhook', ['node:crypto']],
    ['builders', ['zod']],
  ])('keeps graph-client/%s free of everything but %j', (entry, allowed) => {
    const reached = reach(`packages/graph-client/src/${entry}/index.ts`);
    expect(reached.filter((name) => !name.startsWith('packages/'))).toEqual(allowed);
  });

  it('keeps queue/testing free of Redis', () => {
    const reached = reach('packages/queue/src/testing/index.ts');
    expect(reached.filter((name) => !name.startsWith('packages/'))).toEqual(['node:crypto']);
  });

  it('keeps the webhook process and the handlers free of an HTTP client', () => {
    expect(
      importers(/^(undici|@bot\/graph-client)$/, [
        ...inFolder('apps/webhook/'),
        ...inFolder('packages/handlers/'),
        ...inFolder('packages/service/'),
        ...inFolder('packages/privacy/src/webhook/'),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['packages/graph-client/', []],
    ['packages/queue/', []],
    ['packages/handlers/', ['@bot/graph-client']],
    ['packages/emulator/', ['@bot/graph-client']],
    ['packages/service/', ['@bot/queue', '@bot/telemetry']],
    ['packages/board/', ['@bot/queue', '@bot/service']],
    ['packages/insights/', ['@bot/history', '@bot/service']],
    ['packages/telemetry/', ['@bot/graph-client', '@bot/queue']],
    ['packages/pages/', ['@bot/graph-client', '@bot/handlers']],
    ['packages/command/', ['@bot/nlp', '@bot/pages', '@bot/queue']],
    ['packages/privacy/', ['@bot/graph-client', '@bot/pages', '@bot/queue']],
    ['packages/nlp/', ['@bot/graph-client', '@bot/handlers']],
    ['packages/history/', []],
    [
      'apps/webhook/',
      ['@bot/graph-client', '@bot/privacy', '@bot/queue', '@bot/service', '@bot/telemetry'],
    ],
    [
      'apps/worker/',
      [
        '@bot/board',
        '@bot/command',
        '@bot/graph-client',
        '@bot/handlers',
        '@bot/history',
        '@bot/insights',
        '@bot/pages',
        '@bot/privacy',
        '@bot/queue',
        '@bot/service',
        '@bot/telemetry',
      ],
    ],
  ])('lets %s import %j of ours and nothing else', (folder, allowed) => {
    const ours = inFolder(folder)
      .flatMap(imports)
      .filter((name) => name.startsWith('@bot/'))
      .map((name) => name.split('/').slice(0, 2).join('/'));
    expect(new Set(ours).difference(new Set(allowed))).toEqual(new Set());
  });

  it('keeps handlers free of Redis, HTTP and, but for one file, Node', () => {
    const foreign = inFolder('packages/handlers/')
      .flatMap(imports)
      .filter((name) => !/^(packages\/handlers\/|@bot\/graph-client)/.test(name));
    // For the signatures of payloads.
    expect(foreign).toEqual(['node:crypto']);
  });

  it('never reaches into another package by path', () => {
    const strays = shipped.filter((file) =>
      imports(file).some((name) => /^(packages|apps)\//.test(name) && owner(name) !== owner(file)),
    );
    expect(strays).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 300 lines', () => {
    const long = files.filter((file) => lineCount(file) > 300);
    expect(long).toEqual([]);
  });

  it('keep the apps thin: at most 350 lines each, beside what the bot says', () => {
    for (const app of ['apps/webhook/', 'apps/worker/']) {
      const thin = inFolder(app).filter((file) => !file.includes('/conversation/'));
      const lines = thin.reduce((sum, file) => sum + lineCount(file), 0);
      expect.soft(lines, app).toBeLessThanOrEqual(350);
    }
  });

  it('have names that say something', () => {
    expect(
      files.filter((file) => /\/(utils|helpers|common|misc|types|constants)\b/.test(file)),
    ).toEqual([]);
  });

  it('only export in index.ts', () => {
    for (const file of shipped.filter((name) => name.endsWith('/index.ts'))) {
      const rest = code(file).replaceAll(/export (type )?\{[^}]*\} from '[^']+';/g, '');
      expect.soft(rest.trim(), file).toBe('');
    }
  });
});

describe('the outside world is reached in few places', () => {
  const places = (pattern: RegExp): string[] => shipped.filter((file) => pattern.test(code(file)));

  it('time', () => {
    const time = /\b(Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval)\b/;
    expect(places(time)).toEqual([
      'packages/emulator/src/clock.ts',
      'packages/graph-client/src/clock.ts',
      'packages/queue/src/clock.ts',
    ]);
  });

  it('randomness', () => {
    expect(places(/\b(Math\.random|randomUUID|randomBytes|randomInt|getRandomValues)\b/)).toEqual([
      'packages/emulator/src/random.ts',
      'packages/graph-client/src/pipeline/pipeline.ts',
      'packages/queue/src/worker.ts',
    ]);
  });

  it('the environment', () => {
    expect(places(/\bprocess\.(env|argv)\b/)).toEqual([
      'packages/command/src/process.ts',
      'packages/emulator/src/cli.ts',
      'packages/service/src/process.ts',
    ]);
  });

  it('the console', () => {
    expect(places(/\b(console\.|process\.std(out|err)\b)/)).toEqual([
      'packages/command/src/process.ts',
      'packages/emulator/src/cli.ts',
      'packages/service/src/process.ts',
    ]);
  });
});
