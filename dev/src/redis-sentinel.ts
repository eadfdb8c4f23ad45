import { RedisGroup, type RedisGroupOptions } from './redis-group.ts';
import { keepingSettings, type RedisNode, type RedisServer } from './redis-node.ts';

/** A private primary, its replica, and three Sentinels that watch over them. */
export interface RedisSentinel {
  /** For `REDIS_URL`: the Sentinels, their password and that of the data. */
  readonly url: string;
  /** PEM of the certificate to trust, when it speaks TLS. */
  readonly certificate: string | undefined;
  /** Those that keep data, to kill and restart; the first begins as the primary. */
  readonly nodes: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  /** The server that the Sentinels now call the primary. */
  primary(): Promise<RedisServer>;
  /** Stops all of them and removes their folders. May be called again. */
  close(): Promise<void>;
}

/** What `startRedisSentinel` takes. */
export interface RedisSentinelOptions extends RedisGroupOptions {
  /** After which silence the primary counts as dead. Default 1,000 ms. */
  readonly downAfterMs?: number;
}

const NAME = 'mymaster';
const SENTINELS = 3;
const QUORUM = 2;

/**
 * Starts servers that nobody else uses. Ready when the replica has the primary's data and the
 * Sentinels know one another.
 *
 * @throws SetupError when no server can be had, or they do not come together.
 *
 * @example
 * ```ts
 * const sentinel = await startRedisSentinel();
 * const primary = await sentinel.primary();
 * await primary.kill('SIGKILL');
 * await sentinel.close();
 * ```
 */
export async function startRedisSentinel(
  options: RedisSentinelOptions = {},
): Promise<RedisSentinel> {
  const { downAfterMs = 1_000 } = options;
  const sentinels: RedisNode[] = [];
  const data: RedisNode[] = [];
  const group = await RedisGroup.start(options, async (starting) => {
    const { password } = starting;
    const settings = [...keepingSettings(), `masterauth ${password}`, 'repl-diskless-sync-delay 0'];
    const primary = await starting.add({ settings: async () => settings });
    const replicaOf = `replicaof 127.0.0.1 ${primary.port}`;
    const replica = await starting.add({ settings: async () => [...settings, replicaOf] });
    data.push(primary, replica);
    await starting.until('the replica has the data', async () =>
      (await replica.ask('INFO', 'replication')).includes('master_link_status:up'),
    );
    const watch = [
      `sentinel sentinel-pass ${password}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${primary.port} ${QUORUM}`,
      `sentinel auth-pass ${NAME} ${password}`,
      `sentinel down-after-milliseconds ${NAME} ${downAfterMs}`,
      `sentinel failover-timeout ${NAME} ${5 * downAfterMs}`,
    ];
    for (let index = 0; index < SENTINELS; index += 1) {
      sentinels.push(await starting.add({ settings: async () => watch, sentinel: true }));
    }
    await starting.until('the Sentinels know one another', async () => {
      const known = await Promise.all(sentinels.map((each) => each.ask('INFO', 'sentinel')));
      return known.every((info) => info.includes(`slaves=1,sentinels=${SENTINELS}`));
    });
  });

  const { password } = group;
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const scheme = group.certificate === undefined ? 'redis' : 'rediss';
  return {
    url: `${scheme}+sentinel://:${password}@${hosts}/${NAME}?sentinelPassword=${password}`,
    certificate: group.certificate,
    nodes: data,
    sentinels,
    async primary() {
      for (const each of sentinels) {
        const info = await each.ask('INFO', 'sentinel').catch(() => '');
        const port = /address=127\.0\.0\.1:(\d+)/.exec(info)?.[1];
        const found = data.find((node) => `${node.port}` === port);
        if (found) return found;
      }
      throw new Error('No Sentinel says who is the primary.');
    },
    close: () => group.close(),
  };
}
