import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentEnvironment } from './environment.ts';
import { repositoryFolder, temporaryFolder } from './folders.ts';
import { publishedPackages } from './published-packages.ts';
import { writeSboms } from './sboms.ts';

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly { readonly group?: string; readonly name: string }[];
}

const packages = await publishedPackages(repositoryFolder);
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder('sbom');
  await writeSboms(folder, currentEnvironment());
});

afterAll(() => rm(folder, { recursive: true }));

it.each(packages)('names every dependency of $folder', async ({ manifest }) => {
  const { name, version, dependencies = {} } = manifest;
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.cdx.json`;
  const sbom = JSON.parse(await readFile(join(folder, file), 'utf8')) as Sbom;
  expect(sbom.bomFormat).toBe('CycloneDX');
  const named = sbom.components.map(({ group, name: own }) =>
    group === undefined ? own : `${group}/${own}`,
  );
  expect(named).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(named).not.toContain('vitest');
});
