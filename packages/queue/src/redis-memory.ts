import type { RedisConnection } from './redis.ts';

/**
 * Share of its memory that Redis uses, from 0 to 1: of `maxmemory`, else of its machine's. Of a
 * Cluster, that of its fullest primary; 0 where Redis does not tell.
 */
export async function memoryShare(redis: RedisConnection): Promise<number> {
  const nodes = 'nodes' in redis ? redis.nodes('master') : [redis];
  const shares = await Promise.all(
    nodes.map(async (node) => {
      const info = await node.info('memory');
      const most = read(info, 'maxmemory') || read(info, 'total_system_memory');
      return most === 0 ? 0 : read(info, 'used_memory') / most;
    }),
  );
  return Math.max(0, ...shares);
}

function read(info: string, field: string): number {
  const [, value] = new RegExp(`^${field}:(\\d+)`, 'm').exec(info) ?? [];
  return Number(value ?? 0);
}
