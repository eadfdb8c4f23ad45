import { freePort } from './ports.ts';
import { RedisGroup, type RedisGroupOptions } from './redis-group.ts';
import { keepingSettings, type RedisNode, type RedisServer } from './redis-node.ts';

/** A private Redis Cluster of our own. */
export interface RedisCluster {
  /** For `REDIS_URL`: the first two primaries, separated by a comma. The same after restarts. */
  readonly url: string;
  /** PEM of the certificate to trust, when it speaks TLS. */
  readonly certificate: string | undefined;
  /** All servers, to kill and restart; those that began as primaries come first. */
  readonly nodes: readonly RedisServer[];
  /** The server that is now the primary of a key, or of whatever has the same hash tag. */
  primaryOf(key: string): Promise<RedisServer>;
  /** Stops all of them and removes their folders. May be called again. */
  close(): Promise<void>;
}

/** What `startRedisCluster` takes. */
export interface RedisClusterOptions extends RedisGroupOptions {
  /** Default 3. */
  readonly primaries?: number;
  /** Default 0. */
  readonly replicasPerPrimary?: 0 | 1;
  /** After which silence a server counts as dead. Default 2,000 ms. */
  readonly nodeTimeoutMs?: number;
}

const SLOTS = 16_384;

/**
 * Starts a Cluster that nobody else uses. Ready when all slots are served and every replica has
 * its primary's data. Needs Redis 7, which can be told the port of its cluster bus.
 *
 * @throws SetupError when no server can be had, or they do not come together.
 *
 * @example
 * ```ts
 * const cluster = await startRedisCluster({ replicasPerPrimary: 1 });
 * const primary = await cluster.primaryOf('{bot:0}');
 * await primary.kill('SIGKILL');
 * await cluster.close();
 * ```
 */
export async function startRedisCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  const { primaries = 3, replicasPerPrimary = 0, nodeTimeoutMs = 2_000 } = options;
  const group = await RedisGroup.start(options, async (starting) => {
    const buses = new Map<RedisNode, number>();
    async function start(): Promise<void> {
      let bus = 0;
      const settings = async (): Promise<string[]> => {
        bus = await freePort();
        return [
          ...keepingSettings(),
          `masterauth ${starting.password}`,
          'cluster-enabled yes',
          `cluster-port ${bus}`,
          `cluster-node-timeout ${nodeTimeoutMs}`,
          'repl-diskless-sync-delay 0',
        ];
      };
      buses.set(await starting.add({ settings }), bus);
    }
    await Promise.all(Array.from({ length: primaries * (1 + replicasPerPrimary) }, start));
    await bringTogether(starting, primaries, buses);
  });

  return {
    url: group.nodes
      .slice(0, 2)
      .map(({ url }) => url)
      .join(','),
    certificate: group.certificate,
    nodes: group.nodes,
    async primaryOf(key) {
      const primary = await primaryNow(group, key);
      if (primary === undefined) throw new Error(`No server is the primary of ${key}.`);
      return primary;
    },
    close: () => group.close(),
  };
}

/** What `redis-cli --cluster create` does. */
async function bringTogether(
  group: RedisGroup,
  primaries: number,
  buses: ReadonlyMap<RedisNode, number>,
): Promise<void> {
  const { nodes } = group;
  const [first] = nodes;
  for (const [index, node] of nodes.entries()) {
    await node.ask('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`);
    if (index < primaries) {
      const from = Math.floor((SLOTS * index) / primaries);
      const to = Math.floor((SLOTS * (index + 1)) / primaries) - 1;
      await node.ask('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${to}`);
    }
    const bus = `${buses.get(node)}`;
    if (node !== first) await first?.ask('CLUSTER', 'MEET', '127.0.0.1', `${node.port}`, bus);
  }
  await group.until('each server of the Cluster knows the others', () =>
    every(nodes, async (node) => {
      const known = await node.ask('CLUSTER', 'NODES');
      return known.includes('myself') && linkedIn(known) === nodes.length - 1;
    }),
  );
  for (const [index, replica] of nodes.slice(primaries).entries()) {
    const id = await nodes[index % primaries]?.ask('CLUSTER', 'MYID');
    await replica.ask('CLUSTER', 'REPLICATE', id ?? '');
  }
  await group.until('each server of the Cluster is in its place', () =>
    every(nodes, async (node) => {
      const replicas = (await node.ask('CLUSTER', 'NODES')).match(/^\S+ \S+ \S*slave/gm) ?? [];
      const hasData = !(await node.ask('INFO', 'replication')).includes('master_link_status:down');
      const info = await node.ask('CLUSTER', 'INFO');
      const agreed = replicas.length === nodes.length - primaries;
      return agreed && hasData && info.includes('cluster_state:ok');
    }),
  );
}

/** Lines of `CLUSTER NODES` about others whose handshake is over. */
function linkedIn(known: string): number {
  const lines = known.trim().split('\n');
  return lines.filter((line) => / connected/.test(line) && !/myself|handshake/.test(line)).length;
}

async function every(
  nodes: readonly RedisNode[],
  ask: (node: RedisNode) => Promise<boolean>,
): Promise<boolean> {
  return (await Promise.all(nodes.map(ask))).every(Boolean);
}

/** Asks those that live, until one of them says that it serves the key's slot itself. */
async function primaryNow(group: RedisGroup, key: string): Promise<RedisNode | undefined> {
  for (const node of group.nodes) {
    const reply = await node.ask('CLUSTER', 'KEYSLOT', key).catch(() => undefined);
    if (reply === undefined) continue;
    const known = await node.ask('CLUSTER', 'NODES');
    const itself = known.split('\n').find((line) => line.includes('myself,master')) ?? '';
    const serves = itself
      .split(' ')
      .slice(8)
      .some((range) => {
        const [from = 0, to = from] = range.split('-').map(Number);
        return from <= Number(reply) && Number(reply) <= to;
      });
    if (serves) return node;
  }
  return undefined;
}
