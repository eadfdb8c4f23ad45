import { pino } from 'pino';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

try {
  const config = readConfig(process.env);
  const log = pino({ name: 'worker', level: config.logLevel });
  const app = await startApp(config, log);
  log.info({ address: app.address, concurrency: config.concurrency }, 'working');

  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      stopping ??= app.close().then(() => log.info('stopped'));
    });
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `worker: ${error instanceof ConfigError ? reason : `cannot start: ${reason}`}\n`,
  );
  process.exit(1);
}
