import { guardEventLoop } from '@bot/queue';
import { pino } from 'pino';
import { startApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';

async function start(config: Config): Promise<void> {
  const log = pino({ name: 'worker', level: config.logLevel });
  const guard = guardEventLoop();
  const ending = Promise.withResolvers<void>();
  const app = await startApp(config, log, (reason) => {
    log.fatal(reason);
    process.exitCode = 1;
    ending.resolve();
  });
  log.info({ address: app.address, concurrency: config.concurrency }, 'working');

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      ending.resolve();
    });
  }
  // Not awaited: an error while it stops is none of the start.
  void ending.promise
    .then(() => app.close())
    .then(() => guard.close())
    .then(() => log.info('stopped'));
}

try {
  await start(readConfig(process.env));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `worker: ${error instanceof ConfigError ? reason : `cannot start: ${reason}`}\n`,
  );
  process.exit(1);
}
