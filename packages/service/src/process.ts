import { pino, type Logger } from 'pino';
import { ConfigError } from './config-error.ts';
import type { Environment } from './settings.ts';

/** A service that has started. */
export interface RunningService {
  /** Ends what is under way, then lets go of everything. Called once. */
  close(): Promise<void>;
}

/** What one process is made of. */
export interface ServiceOptions<Config extends { readonly logLevel: string }> {
  /** Stands in each line of the log, and before what is said of a start that failed. */
  readonly name: string;
  readonly readConfig: (environment: Environment) => Config;
  /** `fail` says why nothing good comes any more: the service is closed, the exit code 1. */
  readonly start: (
    config: Config,
    log: Logger,
    fail: (reason: string) => void,
  ) => Promise<RunningService>;
}

/**
 * Runs a service as this process: reads its configuration, starts it, and closes it at SIGINT,
 * SIGTERM, or when it fails. When it cannot start, one line on stderr says why and the process ends
 * with 1.
 *
 * @example
 * await runService({ name: 'worker', readConfig, start: startApp });
 */
export async function runService<Config extends { readonly logLevel: string }>({
  name,
  readConfig,
  start,
}: ServiceOptions<Config>): Promise<void> {
  try {
    const config = readConfig(process.env);
    const log = pino({ name, level: config.logLevel });
    const ending = Promise.withResolvers<void>();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        log.info({ signal }, 'stopping');
        ending.resolve();
      });
    }
    const service = await start(config, log, (reason) => {
      log.fatal(reason);
      process.exitCode = 1;
      ending.resolve();
    });
    // Not awaited: an error while it stops is none of the start.
    void ending.promise.then(() => service.close()).then(() => log.info('stopped'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = error instanceof ConfigError ? reason : `cannot start: ${reason}`;
    process.stderr.write(`${name}: ${line}\n`);
    process.exit(1);
  }
}
