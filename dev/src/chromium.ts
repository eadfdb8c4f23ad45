import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { currentEnvironment, type Environment } from './environment.ts';
import { findExecutable, isExecutable } from './executables.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_MS = 300_000;

/**
 * Finds a Chromium to drive: `CHROMIUM_PATH`, else one on the PATH or among the applications, else
 * Debian's package, which only root can install.
 *
 * @throws SetupError with one line that says what to install.
 */
export async function findChromium(
  environment: Environment = currentEnvironment(),
): Promise<string> {
  const given = environment['CHROMIUM_PATH'] ?? '';
  if (given !== '') {
    if (await isExecutable(given)) return given;
    throw new SetupError(`CHROMIUM_PATH names ${given}, which cannot be run.`);
  }
  return (await installed(environment)) ?? (await install(environment));
}

async function installed(environment: Environment): Promise<string | undefined> {
  const found = await findExecutable(names, environment);
  if (found !== undefined) return found;
  for (const path of macApplications) if (await isExecutable(path)) return path;
  return undefined;
}

async function install(environment: Environment): Promise<string> {
  const hint = 'install Chromium or Chrome, or set CHROMIUM_PATH';
  const aptGet = await findExecutable(['apt-get'], environment);
  if (aptGet === undefined || process.getuid?.() !== 0) {
    throw new SetupError(`No Chromium on this machine: ${hint}.`);
  }
  const options = {
    env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: INSTALL_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    await run(aptGet, ['update'], options);
    await run(aptGet, ['install', '--yes', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    throw new SetupError(`apt-get could not install chromium: ${hint}.`, { cause: error });
  }
  const found = await installed(environment);
  if (found === undefined) throw new SetupError(`No Chromium after installing it: ${hint}.`);
  return found;
}
