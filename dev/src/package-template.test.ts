import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repositoryFolder, temporaryFolder } from './folders.ts';
import { addPackage } from './package-template.ts';

let repository: string;
const read = (file: string): Promise<string> => readFile(join(repository, file), 'utf8');

beforeEach(async () => {
  repository = await temporaryFolder('template');
  await mkdir(join(repository, '.changeset'));
  const files = ['vitest.config.ts', 'architecture.test.ts', 'typedoc.json', 'LICENSE'];
  for (const path of [...files, 'dev/package-template']) {
    await cp(join(repositoryFolder, path), join(repository, path), { recursive: true });
  }
});

afterEach(() => rm(repository, { recursive: true }));

it('makes a package of that name and lists it where packages are listed', async () => {
  await addPackage(repository, 'web-chat');
  expect(JSON.parse(await read('packages/web-chat/package.json'))).toHaveProperty(
    'name',
    '@bot/web-chat',
  );
  expect(await read('packages/web-chat/README.md')).not.toContain('new-package');
  expect(await read('packages/web-chat/LICENSE')).toBe(await read('LICENSE'));
  expect(await read('vitest.config.ts')).toContain("project('web-chat', 'packages/web-chat'),");
  expect(await read('architecture.test.ts')).toContain("['packages/web-chat/', []],");
  expect(JSON.parse(await read('typedoc.json'))).toHaveProperty(
    'entryPoints',
    expect.arrayContaining(['packages/web-chat', 'packages/queue']),
  );
  expect(await read('.changeset/web-chat-first.md')).toContain("'@bot/web-chat': minor");
});

it.each(['', 'Chat', 'web chat', '../chat', '@bot/chat', '-chat'])(
  'refuses the name "%s"',
  async (name) => {
    await expect(addPackage(repository, name)).rejects.toThrow(`and not "${name}"`);
  },
);

it('leaves a package alone that is there', async () => {
  await addPackage(repository, 'web-chat');
  await expect(addPackage(repository, 'web-chat')).rejects.toThrow(
    'packages/web-chat is there already.',
  );
});

it('writes nothing when it finds no place in a list', async () => {
  await rm(join(repository, 'typedoc.json'));
  await cp(join(repositoryFolder, 'package.json'), join(repository, 'typedoc.json'));
  await expect(addPackage(repository, 'web-chat')).rejects.toThrow('typedoc.json lacks the line');
  await expect(read('packages/web-chat/package.json')).rejects.toThrow('ENOENT');
  expect(await read('vitest.config.ts')).not.toContain('web-chat');
});
