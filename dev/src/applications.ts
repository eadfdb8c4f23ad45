import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import type { Environment } from './environment.ts';
import { isReadable } from './executables.ts';
import { repositoryFolder } from './folders.ts';
import type { Guard } from './guard.ts';
import { withOwn } from './own-variables.ts';
import { untilReady } from './readiness.ts';
import { SetupError } from './setup-error.ts';

/** A process of `apps/`, built. */
export interface Application {
  /** `webhook`, `worker`, and `worker-2` and so on for further workers. */
  readonly name: string;
  readonly url: string;
  readonly process: Child;
}

export interface ApplicationOptions {
  readonly app: 'webhook' | 'worker';
  readonly name: string;
  readonly port: number;
  /** All of its variables, but `PORT` and `HOST`. */
  readonly env: Environment;
  readonly guard: Guard;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: ((line: string, name: string) => void) | undefined;
}

/**
 * Starts `apps/<app>/dist/main.js` and waits until it is ready for work.
 *
 * @throws SetupError when it is not built, or ends instead of becoming ready.
 */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { app, name, port, env, guard, signal, onLine } = options;
  const main = join(repositoryFolder, 'apps', app, 'dist', 'main.js');
  if (!(await isReadable(main))) {
    throw new SetupError(`${main} is missing: run \`npm run build\` first.`);
  }
  const child = await startChild({
    name,
    command: process.execPath,
    args: [main],
    env: withOwn(env, { PORT: String(port), HOST: '127.0.0.1' }),
    guard,
    ...(onLine === undefined ? {} : { onLine }),
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(child, `${url}/readyz`, signal);
  } catch (error) {
    await child.kill('SIGKILL');
    throw error;
  }
  return { name, url, process: child };
}
