import type { ConnectionOptions } from 'node:tls';
import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { InputError } from './errors.ts';
import { inspectRedis, type RedisFinding } from './fitness.ts';
import { parseRedisUrl, type RedisAddress } from './redis-address.ts';
import { inspectShards } from './redis-shard-move.ts';
import type { Layout } from './redis-shards.ts';
import { MISTAKEN } from './scripts.ts';

/** A connection of ioredis: to one Redis, to the primary that Sentinels name, or to a Cluster. */
export type RedisConnection = Redis | Cluster;

/** Where Redis is, and for what it is used. */
export interface RedisConnectionOptions {
  /**
   * - `redis://user:password@host:6379/0`: one Redis. Only the host is needed.
   * - `redis://user:password@host1:7000,host2:7000`: a Redis Cluster, by some of its nodes; the
   *   others are found. A Cluster with one address for all has it written twice.
   * - `redis+sentinel://user:password@host1:26379,host2:26379/mymaster`: the primary that the
   *   Sentinels call `mymaster`. User and password are those of the data; what the Sentinels
   *   themselves ask for stands behind it, `?sentinelUsername=…&sentinelPassword=…`.
   *
   * With `rediss` in place of `redis` all of them are reached by TLS. User and password are
   * percent-encoded.
   */
  readonly url: string;
  /**
   * A `producer` fails fast: a command is refused at once while Redis is away or its primary is
   * being replaced, and after `commandTimeoutMs` when Redis does not answer. A `worker` waits until
   * Redis is back.
   */
  readonly role: 'producer' | 'worker';
  /**
   * For TLS: what Node's `tls.connect` takes, such as `ca` and `cert`. Default: certificates that
   * Node trusts, see its `NODE_EXTRA_CA_CERTS`.
   */
  readonly tls?: ConnectionOptions;
  /** Default 800 ms; for producers only. */
  readonly commandTimeoutMs?: number;
  /** Told of connection errors; ioredis reconnects by itself, at the latest after 500 ms. */
  readonly onError?: (error: Error) => void;
  /**
   * Told, each time a connection is ready, of what stands against the queue's promises there; see
   * {@link inspectRedis}. Stop at a finding that is `refused`.
   */
  readonly onFinding?: (finding: RedisFinding) => void;
  /**
   * Where a queue is, as it is told itself. Whether that is so is looked at too, and again when one of
   * its scripts was refused since it is not.
   */
  readonly queue?: Layout;
}

/**
 * Opens a connection with the settings the queue needs. The caller closes it.
 *
 * @example
 * const redis = connectRedis({ url: 'redis://localhost:6379', role: 'producer' });
 * const queue = createQueue({ redis });
 *
 * @throws {InputError} the address has none of the forms; the message does not repeat it.
 */
export function connectRedis(options: RedisConnectionOptions): RedisConnection {
  const address = parseRedisUrl(options.url);
  if (address.kind === 'refused') throw new InputError(`The address of Redis ${address.rule}`);
  const redis = open(address, options);
  // Without a listener ioredis writes to the console.
  redis.on('error', (error: Error) => options.onError?.(error));
  const { onFinding, queue } = options;
  if (onFinding) {
    const inspect = (): void => {
      Promise.all([inspectRedis(redis), queue ? inspectShards(redis, queue) : []])
        .then((findings) => findings.flat().forEach((finding) => onFinding(finding)))
        .catch((error: Error) => options.onError?.(error));
    };
    redis.on('ready', inspect).once(MISTAKEN, inspect);
  }
  return redis;
}

/** Without `replyMapping`, whose types differ between ioredis' own interfaces. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

function open(address: RedisAddress, options: RedisConnectionOptions): RedisConnection {
  const tls = address.tls ? (options.tls ?? {}) : undefined;
  const settings: Settings = {
    ...address.credentials,
    ...(options.role === 'producer' ? failFast(options) : patient),
    retryStrategy,
    connectTimeout: 2_000,
    ...(tls ? { tls } : {}),
  };
  if (address.kind === 'single') {
    return new Redis({ ...settings, ...address.node, db: address.database });
  }
  if (address.kind === 'cluster') {
    const fast = options.role === 'producer';
    return new (fast ? FailFastCluster : Cluster)([...address.nodes], {
      ...(fast ? clusterFailFast : clusterPatient),
      clusterRetryStrategy: retryStrategy,
      // A Cluster names its nodes without user and password; it is asked for them here.
      redisOptions: settings,
      // Certificates are made out to names, so names must not be resolved before TLS sees them.
      ...(tls ? { dnsLookup: (host, found) => found(null, host) } : {}),
    });
  }
  const { username, password } = address.sentinelCredentials;
  return new Redis({
    ...settings,
    sentinels: [...address.sentinels],
    name: address.name,
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls ? { sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
    sentinelRetryStrategy: retryStrategy,
    // One that hangs must not keep us from asking the next.
    sentinelCommandTimeout: 1_000,
  });
}

const retryStrategy = (attempt: number): number => Math.min(attempt * 50, 500);

/** A primary that became a replica, perhaps behind the same name: look again who it is. */
const isReadOnly = (error: Error): boolean => error.message.includes('READONLY');

/** A host that died without a word closes no connection: silence of this length does. */
const patient: Settings = {
  maxRetriesPerRequest: null,
  reconnectOnError: (error) => isReadOnly(error) && 2,
  // Longer than the 10 s that BullMQ waits for a job at the most.
  socketTimeout: 15_000,
};

function failFast({ commandTimeoutMs = 800 }: RedisConnectionOptions): Settings {
  return {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    reconnectOnError: isReadOnly,
    socketTimeout: 2 * commandTimeoutMs,
  };
}

/** A command follows its slot for as long as it takes, without haste. */
const clusterPatient: ClusterOptions = {
  maxRedirections: Number.POSITIVE_INFINITY,
  retryDelayOnMoved: 20,
};

const clusterFailFast: ClusterOptions = {
  retryDelayOnFailover: 0,
  retryDelayOnClusterDown: 0,
};

/**
 * Refuses while the Cluster is away. With ioredis' own `enableOfflineQueue: false` it would also
 * refuse while it opens the connection to one of the nodes: the first commands after a start, or
 * after a failover. Those wait here, no longer than `commandTimeoutMs`.
 */
class FailFastCluster extends Cluster {
  override sendCommand(...[command, ...more]: Parameters<Cluster['sendCommand']>): unknown {
    if (this.status === 'ready' || command.name === 'cluster') {
      return super.sendCommand(command, ...more);
    }
    command.reject(new Error(`The Cluster is ${this.status}.`));
    return command.promise;
  }
}
