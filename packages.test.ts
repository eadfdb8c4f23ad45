import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedPackages } from './dev/src/published-packages.ts';

const root = import.meta.dirname;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const packages = await publishedPackages(root);

it('are the packages that others live on', () => {
  expect(packages.map(({ manifest }) => manifest.name)).toEqual(
    expect.arrayContaining([
      '@bot/emulator',
      '@bot/graph-client',
      '@bot/handlers',
      '@bot/history',
      '@bot/nlp',
      '@bot/queue',
    ]),
  );
});

describe.each(packages)('$folder', ({ folder, manifest, entries }) => {
  it('says in its package.json what npm and bundlers ask for', () => {
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/\.$/),
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=22.19' },
      files: ['dist', 'CHANGELOG.md'],
      publishConfig: { access: 'public' },
    });
  });

  it('exports code and types of each entry, and publishes the same without the sources', () => {
    expect(entries.length).toBeGreaterThan(0);
    const published = Object.entries(manifest.exports).map(([path, conditions]) => {
      if (typeof conditions === 'string') return [path, conditions];
      const built = conditions['@bot/source']?.replace('./src/', './dist/').replace(/\.ts$/, '');
      const wanted = { types: `${built}.d.ts`, default: `${built}.js` };
      expect.soft(conditions).toEqual({ '@bot/source': conditions['@bot/source'], ...wanted });
      return [path, wanted];
    });
    expect(manifest.exports).toHaveProperty(['./package.json']);
    expect(manifest['publishConfig']).toMatchObject({ exports: Object.fromEntries(published) });
  });

  it('builds types and source maps', () => {
    const config = read(`${folder}/tsup.config.ts`);
    expect(config).toContain('dts: true');
    expect(config).toContain('sourcemap: true');
  });

  it('has every entry in the reference', () => {
    const { entryPoints } = JSON.parse(read(`${folder}/typedoc.json`)) as { entryPoints: string[] };
    expect(entryPoints.map((path) => `./${path}`)).toEqual(entries.map(({ source }) => source));
    expect((JSON.parse(read('typedoc.json')) as { entryPoints: string[] }).entryPoints).toContain(
      folder,
    );
  });

  it('has a README that says how to install it, how to begin, its options and its promises', () => {
    const readme = read(`${folder}/README.md`);
    expect(readme).toMatch(new RegExp(`^# ${manifest.name}$`, 'm'));
    expect(readme).toMatch(new RegExp(`^npm install (--save-dev )?${manifest.name}`, 'm'));
    expect(readme).toMatch(/^```ts$/m);
    expect(readme).toMatch(/^\| option /m);
    expect(readme).toMatch(/^## What it promises$/m);
  });

  it('carries the licence', () => {
    expect(read(`${folder}/LICENSE`)).toBe(read('LICENSE'));
  });
});
