import { execFile } from 'node:child_process';
import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild, type Child } from '@bot/dev';
import { readDockerfile } from './dockerfile.ts';
import { repository, type App } from './repository.ts';

const run = promisify(execFile);

/** What the image of an app would hold, in a folder, and how it would be started. */
export interface Image {
  readonly folder: string;
  /** Runs a command in it; without one that of the image. */
  start(variables: Readonly<Record<string, string>>, command?: readonly string[]): Promise<Child>;
  /** The exit code of the health check. */
  health(variables: Readonly<Record<string, string>>): Promise<number>;
  /** Every file with its size and the time of its last change. */
  contents(): Promise<string[]>;
  /** Where links lead that lead out of the folder. */
  strays(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Takes the Dockerfile's own steps for an app that is built, outside of any container. */
export async function makeImage(app: App): Promise<Image> {
  const stages = readDockerfile();
  const stage = stages.get(app);
  const out = `/out/${app}`;
  const step = stages.get('build')?.runs.find((line) => line.endsWith(out));
  const [asker = '', ...question] = stage?.health ?? [];
  if (stage === undefined || step === undefined) throw new Error(`No step makes ${out}.`);

  const parent = await mkdtemp(join(tmpdir(), `deploy-${app}-`));
  const folder = join(parent, 'app');
  const { PATH = '', HOME = '' } = process.env;
  await run('sh', ['-c', step.replace(out, folder)], {
    cwd: repository,
    env: { ...process.env, CI: 'true', pnpm_config_prefer_offline: 'true' },
  });
  // As a read-only file system; files may be one with those of pnpm's store and stay as they are.
  await run('find', [folder, '-type', 'd', '-exec', 'chmod', 'a-w', '{}', '+']);
  const all = (variables: Readonly<Record<string, string>>): Record<string, string> => ({
    PATH,
    HOME,
    ...stage.env,
    ...variables,
  });
  return {
    folder,
    start(variables, [program = '', ...args] = stage.command) {
      const env = all(variables);
      return startChild({ name: app, command: program, args, cwd: folder, env });
    },
    async health(variables) {
      const asked = startChild({
        name: 'health',
        command: asker,
        args: question,
        env: all(variables),
      });
      return (await (await asked).exited).code ?? -1;
    },
    async contents() {
      const names = await readdir(folder, { recursive: true });
      return Promise.all(
        names.toSorted().map(async (name) => {
          const { size, mtimeMs } = await stat(join(folder, name));
          return `${name} ${size} ${mtimeMs}`;
        }),
      );
    },
    async strays() {
      const own = await realpath(folder);
      const names = await readdir(folder, { recursive: true });
      const places = await Promise.all(names.map((name) => realpath(join(folder, name))));
      return places.filter((place) => !place.startsWith(own));
    },
    async remove() {
      await run('chmod', ['-R', 'u+w', parent]);
      await rm(parent, { recursive: true, force: true });
    },
  };
}
