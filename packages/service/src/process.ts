import { systemClock } from '@bot/queue';
import {
  createLog,
  createPseudonyms,
  createSparingLog,
  startTracing,
  type Pseudonyms,
  type SparingLog,
} from '@bot/telemetry';
import type { Logger } from 'pino';
import { ConfigError } from './config-error.ts';
import type { Environment, Settings } from './settings.ts';

/** A service that has started. */
export interface RunningService {
  /** Ends what is under way, then lets go of everything. Called once. */
  close(): Promise<void>;
}

/** What a service is given of its process. */
export interface ServiceProcess {
  readonly log: Logger;
  /** Writes down what goes wrong again and again while something is away. */
  readonly complain: SparingLog;
  /** As which conversations stand in the log and in traces. */
  readonly pseudonyms: Pseudonyms;
  /** Says why nothing good comes any more: the service is closed, the exit code 1. */
  readonly fail: (reason: string) => void;
}

/** What one process is made of. */
export interface ServiceOptions<Config> {
  /** Stands in each line of the log, and before what is said of a start that failed. */
  readonly name: string;
  readonly readConfig: (environment: Environment) => Config;
  /** The key of the pseudonyms; the same in all processes, so that their logs can be joined. */
  readonly secretOf: (config: Config) => string;
  readonly start: (config: Config, process: ServiceProcess) => Promise<RunningService>;
}

/**
 * Runs a service as this process: reads its configuration, begins log and traces, starts it, and closes
 * it at SIGINT, SIGTERM, or when it fails. When it cannot start, one line on stderr says why and the process ends
 * with 1.
 *
 * @example
 * await runService({ name: 'worker', readConfig, secretOf, start: startApp });
 */
export async function runService<Config extends Settings>({
  name,
  readConfig,
  secretOf,
  start,
}: ServiceOptions<Config>): Promise<void> {
  try {
    const config = readConfig(process.env);
    const pseudonyms = createPseudonyms(secretOf(config));
    const log = createLog({ name, level: config.logLevel, pseudonyms });
    const tracing = startTracing({ service: name, ...config.tracing });
    const ending = Promise.withResolvers<void>();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        log.info({ signal }, 'stopping');
        ending.resolve();
      });
    }
    const complain = createSparingLog({
      write: (fields, message) => log.error(fields, message),
      monotonic: () => systemClock.monotonic(),
    });
    const fail = (reason: string): void => {
      log.fatal(reason);
      process.exitCode = 1;
      ending.resolve();
    };
    const service = await start(config, { log, complain, pseudonyms, fail });
    const end = async (): Promise<void> => {
      const stopped = new AbortController();
      void endInTime(log, stopped.signal);
      await service.close();
      await tracing.close();
      stopped.abort();
      log.info('stopped');
    };
    // Not awaited: an error while it stops is none of the start.
    void ending.promise.then(end);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = error instanceof ConfigError ? reason : `cannot start: ${reason}`;
    process.stderr.write(`${name}: ${line}\n`);
    process.exit(1);
  }
}

/** Shorter than whoever stops us waits before SIGKILL: 30 seconds, by what we hand out. */
const STOP_WITHIN_MS = 20_000;

/** What cannot be told to a Redis that is away must not keep the process; others find it out. */
async function endInTime(log: Logger, stopped: AbortSignal): Promise<void> {
  await systemClock.wait(STOP_WITHIN_MS, stopped);
  if (stopped.aborted) return;
  log.error({ withinMs: STOP_WITHIN_MS }, 'not stopped in time; ending all the same');
  process.exit(1);
}
