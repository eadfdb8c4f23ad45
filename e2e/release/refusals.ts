import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '@bot/dev';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rehearsal } from './rehearsal.ts';

/** What a release refuses, once everything is published. */
export function testRefusals(rehearsed: () => Rehearsal): void {
  describe('the release stops with one line, and publishes nothing,', () => {
    /** The line that a release says, beside the steps that it shows. */
    async function lineOf(args: readonly string[], variables: Environment = {}): Promise<string> {
      const { copy, everything } = rehearsed();
      const before = await everything();
      const said = await copy
        .withVariables(variables)
        .release(...args)
        .catch((error: Error) => `FAILED\n${error.message}`);
      expect(await everything()).toEqual(before);
      return said
        .split('\n')
        .filter((line) => line !== '' && !/^[…✗] /.test(line))
        .join('\n');
    }
    const publish = (): string[] => ['publish', '--registry', rehearsed().registry.url];
    const reset = (to: string): Promise<string> =>
      rehearsed().copy.run('git', 'reset', '--hard', to);

    it('when everything is published already', async () => {
      const { registry } = rehearsed();
      expect(await lineOf(publish())).toBe(
        `Nothing to publish: ${registry.url} has every version.`,
      );
    });

    it('with a dirty tree', async () => {
      const notes = join(rehearsed().copy.folder, 'notes.txt');
      await writeFile(notes, '');
      onTestFinished(
        async () => void (await rehearsed().copy.run('git', 'clean', '--force', '--quiet')),
      );
      expect(await lineOf(publish())).toBe(
        'FAILED\nThe working tree is dirty (?? notes.txt): commit or stash it. Nothing was published.',
      );
    });

    it('without a changeset, in the pull request, while one waits, and with a version of nobody', async () => {
      const { copy } = rehearsed();
      const base = await copy.run('git', 'rev-parse', 'HEAD');
      onTestFinished(async () => void (await reset(base)));
      // The pull request of a release itself needs none.
      expect(await lineOf(['check', '--base', 'HEAD~1'])).toMatch(/^Every changed package has/);
      await appendFile(join(copy.folder, 'packages', 'queue', 'src', 'clock.ts'), '// Ticks.\n');
      await copy.commit('Tick');
      expect(await lineOf(['check', '--base', base])).toMatch(
        /^FAILED\nChanged since \w+ without a changeset: @bot\/queue\. Run `pnpm changeset`; [^\n]*$/,
      );
      await copy.announce({ name: '@bot/queue', kind: 'patch', text: 'It ticks.' });
      await copy.commit('Say that it ticks');
      expect(await lineOf(['check', '--base', base])).toMatch(/^Every changed package has/);
      expect(await lineOf(publish())).toMatch(
        /^FAILED\n\.changeset\/rehearsal\.md waits to be versioned: [^\n]* Nothing was published\.$/,
      );
      await reset(base);
      await copy.run('npm', 'version', '--prefix=packages/queue', '--no-git-tag-version', '9.9.9');
      await copy.commit('Feel like 9.9.9');
      expect(await lineOf(publish())).toMatch(
        /^FAILED\nNo changeset has made @bot\/queue 9\.9\.9: [^\n]* Nothing was published\.$/,
      );
    });

    it('for a package that does not build alone', async () => {
      const { copy } = rehearsed();
      onTestFinished(async () => void (await reset('HEAD~2')));
      const greeter = join(copy.folder, 'packages', 'rehearsed', 'src', 'greeter.ts');
      await appendFile(greeter, "export { Pool } from 'undici';\n");
      await copy.announce({ name: '@bot/rehearsed', kind: 'patch', text: 'It pools.' });
      await copy.commit('Pool');
      await copy.bump();
      expect(await lineOf(publish())).toMatch(
        /^FAILED\nThe build failed: [^\n]*undici[^\n]* Nothing was published\.$/,
      );
    });

    it('to a wrong registry, and asks it for nothing', async () => {
      const asked: (string | undefined)[] = [];
      const other = createServer(({ url }, response) => {
        asked.push(url);
        response.writeHead(404).end();
      });
      other.listen(0, '127.0.0.1');
      onTestFinished(() => void other.close());
      await once(other, 'listening');
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
      const line = await lineOf(publish(), { pnpm_config_registry: url });
      expect(line).toContain(
        `FAILED\nThe registry in force is ${url} and not ${rehearsed().registry.url}: `,
      );
      expect(line).toMatch(/^FAILED\n[^\n]* Nothing was published\.$/);
      expect(asked).toEqual([]);
      // Without being told otherwise it publishes to npm, and to nowhere else.
      expect(await lineOf(['publish'])).toMatch(
        /^FAILED\nThe registry in force is [^\n]*published\.$/,
      );
    });
  });
}
