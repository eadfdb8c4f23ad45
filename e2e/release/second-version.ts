import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { conversation, converse } from './consumer.ts';
import type { PublishedManifest } from './registry.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What becomes of a change of the client, until it reaches those who have the first version. */
export function testSecondVersion(
  rehearsed: () => Rehearsal,
  first: () => ReadonlyMap<string, PublishedManifest>,
): void {
  describe('a second version', () => {
    const client = '@bot/graph-client';
    const text = 'The client says whether it was rehearsed.';
    const tags = async (): Promise<Readonly<Record<string, string>>> =>
      (await rehearsed().registry.list(client))?.['dist-tags'] ?? {};
    const publish = (): Promise<string> =>
      rehearsed().copy.release('publish', '--registry', rehearsed().registry.url);
    const second = { ...conversation, rehearsed: true };

    /** What a team has that installs by a tag; whoever does not still has the first version. */
    async function expectUnder(tag: string, version: RegExp, names = [client]): Promise<void> {
      const { createConsumer, latest } = rehearsed();
      expect(await tags()).toMatchObject({ [tag]: expect.stringMatching(version) });
      const all = [...first().keys()].map((name) =>
        names.includes(name) ? `${name}@${tag}` : name,
      );
      const team = await createConsumer([...all, 'ioredis']);
      expect(await team.versionOf(client)).toMatch(version);
      expect(await converse(team)).toEqual(second);
      expect(await latest()).toEqual(first());
    }

    beforeAll(async () => {
      const { copy } = rehearsed();
      const index = join(copy.folder, 'packages', 'graph-client', 'src', 'index.ts');
      await appendFile(index, 'export const rehearsed: boolean = true;\n');
      await copy.announce({ name: client, kind: 'patch', text });
      await copy.commit('Say whether it was rehearsed');
    });

    it('can be tried as a snapshot', async () => {
      await rehearsed().copy.release('snapshot', '--registry', rehearsed().registry.url);
      await expectUnder('snapshot', /^0\.0\.0-snapshot-\d{14}$/);
      expect(await rehearsed().copy.run('git', 'status', '--porcelain')).toBe('');
    });

    it('can be had before it is done, as `next`', async () => {
      const { copy } = rehearsed();
      await copy.release('next');
      await copy.commit('Begin pre-releases');
      await copy.bump();
      await publish();
      await expectUnder('next', /^\d+\.\d+\.\d+-next\.0$/, [
        client,
        '@bot/handlers',
        '@bot/emulator',
        '@bot/nlp',
      ]);
      expect(await copy.run('git', 'status', '--porcelain')).toBe('');
    });

    it('reaches who updates, and nobody else', async () => {
      const { copy, consumer, latest } = rehearsed();
      await copy.release('next', '--end');
      await copy.commit('End pre-releases');
      await copy.bump();
      await publish();
      const published = await latest();
      expect(published.get(client)?.version).not.toBe(first().get(client)?.version);
      expect(published.get('@bot/queue')).toEqual(first().get('@bot/queue'));
      expect(await converse(consumer)).toEqual(conversation);
      await consumer.run('npm', 'update', '--ignore-scripts', '--no-audit', '--no-fund');
      expect(await consumer.versionOf(client)).toBe(published.get(client)?.version);
      expect(await converse(consumer)).toEqual(second);
      const installed = join(consumer.folder, 'node_modules', client, 'CHANGELOG.md');
      expect(await readFile(installed, 'utf8')).toContain(text);
    });
  });
}
