import { pino } from 'pino';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

try {
  const config = readConfig(process.env);
  const log = pino({ name: 'worker', level: config.logLevel });
  const stopped = Promise.withResolvers<void>();
  const app = await startApp(config, log, (reason) => {
    log.fatal(reason);
    process.exitCode = 1;
    stopped.resolve();
  });
  log.info({ address: app.address, concurrency: config.concurrency }, 'working');

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      stopped.resolve();
    });
  }
  await stopped.promise;
  await app.close();
  log.info('stopped');
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `worker: ${error instanceof ConfigError ? reason : `cannot start: ${reason}`}\n`,
  );
  process.exit(1);
}
