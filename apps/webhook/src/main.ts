import { connectRedis, createQueue } from '@bot/queue';
import { pino } from 'pino';
import { buildApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';

async function start(config: Config): Promise<void> {
  const log = pino({ name: 'webhook', level: config.logLevel });
  const redis = connectRedis({
    url: config.redisUrl,
    role: 'producer',
    onError: (error) => log.error({ reason: error.message }, 'Redis connection failed'),
    onFinding: ({ kind, message }) => {
      if (kind === 'warning') return log.warn(message);
      log.fatal(message);
      process.exitCode = 1;
      stopping ??= stop();
    },
  });
  const queue = createQueue({ redis });
  const app = buildApp({
    verifyToken: config.verifyToken,
    appSecrets: config.appSecrets,
    queue,
    trouble: () => (redis.status === 'ready' ? undefined : `Redis is ${redis.status}`),
    log,
  });

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await app.close();
    await queue.close();
    redis.disconnect();
    log.info('stopped');
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      stopping ??= stop();
    });
  }

  const address = await app.listen({ port: config.port, host: config.host });
  log.info({ address }, 'listening');
}

try {
  await start(readConfig(process.env));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `webhook: ${error instanceof ConfigError ? reason : `cannot start: ${reason}`}\n`,
  );
  process.exit(1);
}
