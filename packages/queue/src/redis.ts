import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { inspectRedis, type RedisFinding } from './fitness.ts';

/** A connection of ioredis: to one Redis, or to a Cluster. */
export type RedisConnection = Redis | Cluster;

/** Where Redis is, and for what it is used. */
export interface RedisConnectionOptions {
  /**
   * `redis://` or `rediss://` address, with user and password if needed; several addresses,
   * separated by commas, are the nodes of one Redis Cluster.
   */
  readonly url: string;
  /**
   * A `producer` fails fast: a command is refused at once while Redis is away, and after
   * `commandTimeoutMs` when Redis does not answer. A `worker` waits until Redis is back.
   */
  readonly role: 'producer' | 'worker';
  /** Default 800 ms; for producers only. */
  readonly commandTimeoutMs?: number;
  /** Told of connection errors; ioredis reconnects by itself, at the latest after 500 ms. */
  readonly onError?: (error: Error) => void;
  /**
   * Told, each time a connection is ready, of what stands against the queue's promises there; see
   * {@link inspectRedis}. Stop at a finding that is `refused`.
   */
  readonly onFinding?: (finding: RedisFinding) => void;
}

/**
 * Opens a connection with the settings the queue needs. The caller closes it.
 *
 * @example
 * const redis = connectRedis({ url: 'redis://localhost:6379', role: 'producer' });
 * const queue = createQueue({ redis });
 */
export function connectRedis(options: RedisConnectionOptions): RedisConnection {
  const settings: Settings = options.role === 'producer' ? failFast(options) : patient;
  const nodes = options.url.split(',').map((node) => node.trim());
  const redis =
    nodes.length > 1
      ? new Cluster(nodes, { ...clusterTiming(options.role), redisOptions: settings })
      : new Redis(options.url, settings);
  // Without a listener ioredis writes to the console.
  redis.on('error', (error: Error) => options.onError?.(error));
  const { onFinding } = options;
  if (onFinding) {
    redis.on('ready', () => {
      inspectRedis(redis)
        .then((findings) => findings.forEach((finding) => onFinding(finding)))
        .catch((error: Error) => options.onError?.(error));
    });
  }
  return redis;
}

const retryStrategy = (attempt: number): number => Math.min(attempt * 50, 500);

const patient = {
  maxRetriesPerRequest: null,
  retryStrategy,
  connectTimeout: 2_000,
} satisfies RedisOptions;

function failFast(options: RedisConnectionOptions): Settings {
  return {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: options.commandTimeoutMs ?? 800,
    retryStrategy,
    connectTimeout: 2_000,
  };
}

/** Without `replyMapping`, whose types differ between ioredis' own interfaces. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

function clusterTiming(role: 'producer' | 'worker'): object {
  return { clusterRetryStrategy: retryStrategy, enableOfflineQueue: role === 'worker' };
}
