import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './deploy/repository.ts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(repository, '.github', 'workflows');
const names = await readdir(folder);
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const open = async (name: string): Promise<Workflow> => parse(await read(name)) as Workflow;
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

describe.each(names)('%s', (name) => {
  it('takes every action at a commit, and says which version that is', async () => {
    const uses = (await read(name)).match(/^.*\buses:.*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) {
      expect.soft(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('may read at the most, unless a job asks for more', async () => {
    const { permissions } = await open(name);
    expect(Object.values(permissions).filter((right) => right !== 'read')).toEqual([]);
  });

  it('keeps no credentials in its clone, and knows no token of npm', async () => {
    const clones = stepsOf(await open(name)).filter(({ uses }) => uses?.includes('/checkout@'));
    expect(clones.map((step) => step.with?.['persist-credentials'])).toEqual(
      clones.map(() => false),
    );
    expect(await read(name)).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|secrets\./);
  });

  it('puts nothing that a stranger can write into a shell', async () => {
    const scripts = stepsOf(await open(name)).flatMap(({ run = '' }) => run);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('runs commands that exist', async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = stepsOf(await open(name)).flatMap((step) => [
      step.run ?? '',
      String(step.with?.['version-script'] ?? ''),
    ]);
    for (const command of commands) {
      for (const [, script = ''] of command.matchAll(/\b(?:npm|pnpm) (?:run )?([\w:-]+)/g)) {
        if (['install', 'audit'].includes(script)) continue;
        expect.soft(scripts, command).toHaveProperty([script]);
      }
      for (const [file] of command.matchAll(/\b[\w/-]+\.mjs\b/g)) {
        expect.soft(existsSync(join(repository, file)), file).toBe(true);
      }
    }
  });
});

describe('a release', () => {
  const release = open('release.yml');

  it('gives each job the rights that it needs and no others', async () => {
    const { permissions, jobs } = await release;
    expect(permissions).toEqual({});
    const rights = Object.entries(jobs).map(([job, { permissions: own }]) => [job, own]);
    expect(Object.fromEntries(rights)).toEqual({
      version: { contents: 'write', 'pull-requests': 'write' },
      pack: { contents: 'read' },
      publish: { contents: 'read', 'id-token': 'write' },
      announce: { contents: 'write' },
    });
  });

  it('takes nothing from a cache', async () => {
    const steps = stepsOf(await release);
    expect(steps.filter(({ uses = '' }) => uses.includes('cache'))).toEqual([]);
    const nodes = steps.filter(({ uses = '' }) => uses.includes('/setup-node@'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const { with: inputs } of nodes) {
      expect.soft(inputs).toMatchObject({ 'package-manager-cache': false });
      expect.soft(inputs).not.toHaveProperty('cache');
    }
  });

  it('publishes by actions of GitHub and a command of ours alone', async () => {
    const { jobs } = await release;
    const { environment, steps = [] } = jobs['publish'] ?? {};
    expect(environment).toBe('npm');
    expect(steps.flatMap(({ uses }) => uses?.split('/')[0] ?? [])).toEqual(
      steps.flatMap(({ uses }) => (uses === undefined ? [] : 'actions')),
    );
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm run release -- publish --packed']);
  });

  it('can be tried by hand, and then publishes nothing', async () => {
    const { on } = await release;
    expect(on).toMatchObject({ workflow_dispatch: { inputs: { what: { default: 'dry-run' } } } });
  });
});

it('tests on the oldest and the newest supported Node, on Linux and macOS', async () => {
  const { jobs } = await open('ci.yml');
  const { engines } = JSON.parse(
    await readFile(join(repository, 'packages', 'queue', 'package.json'), 'utf8'),
  ) as { engines: { node: string } };
  expect(jobs['test']?.strategy?.matrix).toEqual({
    os: ['ubuntu-latest', 'macos-latest'],
    node: [engines.node.replace('>=', ''), '26'],
  });
});
