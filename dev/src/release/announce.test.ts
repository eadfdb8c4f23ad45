import { chmod, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { createTerminal } from '../terminal.ts';
import { announce } from './announce.ts';
import { writePlan, type Release } from './plan.ts';
import { openRepository } from './repository.ts';
import { createSmallRepository } from './small-repository.test-setup.ts';

/** Knows one release, and notes every argument of the others on a line. */
const gh = `#!/bin/sh
case "$2" in
  view) test "$3" = @bot/lower@1.0.0 ;;
  create) printf '%s\\n' "$@" end >> "$NOTES" ;;
esac
`;

it('makes a release on GitHub of each version that has none', async () => {
  const small = await createSmallRepository();
  await small.commit('First');
  await small.write('dist/gh', gh);
  await chmod(join(small.folder, 'dist/gh'), 0o755);
  await small.write('dist/sbom/bot-upper-1.0.0.cdx.json', '{}');
  const folder = join(small.folder, 'dist');
  const plan = ['lower', 'upper'].map((name): Release[] => [
    { kind: 'publish', name: `@bot/${name}`, version: '1.0.0', access: 'public', tag: 'latest' },
  ]);
  await writePlan(folder, plan);
  const notes = join(folder, 'notes');
  const repository = openRepository(small.folder, {
    ...small.environment,
    PATH: `${folder}${delimiter}${small.environment['PATH']}`,
    NOTES: notes,
  });
  await announce(repository, { folder, terminal: { ...createTerminal(), say: () => {} } });
  expect((await readFile(notes, 'utf8')).split('\n')).toEqual([
    'release',
    'create',
    '@bot/upper@1.0.0',
    join(small.folder, 'dist/sbom/bot-upper-1.0.0.cdx.json'),
    `--target=${await small.run('git', 'rev-parse', 'HEAD')}`,
    '--title=@bot/upper 1.0.0',
    '--notes=First.',
    'end',
    '',
  ]);
});
