/** `npm start`: everything on this machine. Ends with 0 when it was told to stop. */
import { join } from 'node:path';
import { botVariables, keepBotVariables } from './bot-variables.ts';
import { describeExit } from './child.ts';
import { runCommand } from './command.ts';
import { currentEnvironment, type Environment } from './environment.ts';
import { repositoryFolder } from './folders.ts';
import { portTrouble } from './ports.ts';
import { readEnvironment, settingsOf, type Settings } from './settings.ts';
import { newSecret } from './secrets.ts';
import { describeError, SetupError } from './setup-error.ts';
import type { Stack, StackOptions } from './stack.ts';
import { listenForStop } from './stop-requests.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
const stopping = listenForStop();

try {
  await main(currentEnvironment(), stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    terminal.complain(describeError(error));
    process.exitCode = 1;
  }
}
stopping.release();

async function main(environment: Environment, signal: AbortSignal): Promise<void> {
  const all = await readEnvironment(environment);
  const settings = settingsOf(all);
  await requireFreePorts(settings);
  await terminal.step('build', () => build(environment, signal));
  const boardPassword =
    all['BOARD_PASSWORD'] || all['BOARD_PASSWORD_FILE'] ? undefined : newSecret();
  const running = await terminal.step('Redis, webhook, worker', () =>
    start(settings, { environment: all, signal, boardPassword }),
  );
  const variables = botVariables(running, all);
  let forget = async (): Promise<void> => {};
  try {
    forget = await keepBotVariables(variables);
    if (running.emulator !== undefined) await applyMenu({ ...environment, ...variables }, signal);
    announce(settings, running, boardPassword);
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    const dead = await Promise.race([stopped, running.died]);
    if (dead) {
      const end = describeExit(dead.name, await dead.exited);
      throw new SetupError([end, ...dead.tail().slice(-5)].join('\n'));
    }
    terminal.say('\nStopping …');
  } finally {
    await forget();
    await running.close();
  }
}

/** Asked for before the build: whoever has to free a port should not wait for it. */
async function requireFreePorts({ ports, credentials }: Settings): Promise<void> {
  const wanted = [
    ['WEBHOOK_PORT', ports.webhook],
    ['WORKER_PORT', ports.worker],
    ...(credentials === undefined ? ([['CHAT_PORT', ports.chat]] as const) : []),
  ] as const;
  for (const [name, port] of wanted) {
    const trouble = await portTrouble(port);
    if (trouble === undefined) continue;
    throw new SetupError(
      `Port ${port} cannot be used (${trouble}): end what listens there, or set ${name} to another one.`,
    );
  }
}

async function build(environment: Environment, signal: AbortSignal): Promise<void> {
  const { code, output } = await runCommand(['pnpm', 'run', '--silent', 'build'], {
    environment,
    signal,
  });
  signal.throwIfAborted();
  if (code !== 0) throw new SetupError(`The build failed:\n${output}`);
}

async function start(
  { credentials, databaseUrl, logLevel, ports, redisUrl }: Settings,
  more: Pick<StackOptions, 'environment' | 'signal' | 'boardPassword'>,
): Promise<Stack> {
  // Only now: it imports what has just been built.
  const { startStack } = await import('./stack.ts');
  return startStack({
    ...more,
    logLevel,
    databaseUrl,
    webhookPort: ports.webhook,
    workerPort: ports.worker,
    onLine: (line, name) => terminal.complain(`${name}: ${line}`),
    ...(credentials === undefined
      ? { emulator: { port: ports.chat, history: 5_000 } }
      : {
          credentials,
          emulator: false,
          // What Meta's people wrote outlives a restart.
          redis: { dir: join(repositoryFolder, '.local', 'redis') },
          ...(redisUrl === undefined ? {} : { redisUrl }),
        }),
  });
}

/** The local Page gets the bot's menu and Get Started; with a Page of one's own that is asked for. */
async function applyMenu(environment: Environment, signal: AbortSignal): Promise<void> {
  const { code, output } = await runCommand(['node', 'apps/worker/dist/bot.js', 'menu', 'apply'], {
    environment,
    signal,
  });
  signal.throwIfAborted();
  if (code !== 0) throw new SetupError(`The Page could not be given its menu:\n${output}`);
}

/** The password only when it was made up for this start. */
function announce(
  { ports }: Settings,
  { emulator, webhookUrl, workerUrls }: Stack,
  password = 'your BOARD_PASSWORD',
): void {
  const insights = `Insights: ${workerUrls[0]}/insights (user bot, password ${password})`;
  if (emulator === undefined) {
    terminal.say('Running against Meta with your Page, without the local Messenger.');
    terminal.say(`Point your tunnel to port ${ports.webhook}. Ctrl-C stops everything.`);
    terminal.say(insights);
    terminal.say(`Webhook: ${webhookUrl}`);
  } else {
    terminal.say('Running with a local Messenger; nothing goes to Facebook. Ctrl-C stops all.');
    terminal.say(insights);
    terminal.say(`Chat page: ${emulator.url}`);
  }
}
