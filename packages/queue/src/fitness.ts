import type { RedisConnection } from './redis.ts';

/** Something about a Redis that stands against the queue's promises. */
export interface RedisFinding {
  /** `refused`: events would be lost without anybody noticing. `warning`: only in a bad moment. */
  readonly kind: 'refused' | 'warning';
  /** What is the matter, and what to set. */
  readonly message: string;
}

/** BullMQ and the scripts need nothing newer. */
const OLDEST_VERSION = [6, 2] as const;

/**
 * Looks whether Redis keeps what it is given: its version, whether it may evict keys, and what
 * outlives a restart or a power cut. Of a Cluster every primary is asked. What a managed Redis does
 * not tell is not held against it.
 *
 * @example
 * for (const { kind, message } of await inspectRedis(redis)) console.log(kind, message);
 *
 * @throws ioredis' error when Redis cannot be asked.
 */
export async function inspectRedis(redis: RedisConnection): Promise<RedisFinding[]> {
  const nodes = 'nodes' in redis ? redis.nodes('master') : [redis];
  const findings = await Promise.all(
    nodes.map(async (node) => {
      const info = parseInfo(await node.info());
      // Many a managed Redis and many a user may not read the configuration.
      const settings = await node.config('GET', 'appendfsync').catch(() => []);
      return judge(info, settings[1] ?? '');
    }),
  );
  const messages = new Map(findings.flat().map((finding) => [finding.message, finding]));
  return [...messages.values()];
}

function judge(info: ReadonlyMap<string, string>, appendfsync: string): RedisFinding[] {
  const findings: RedisFinding[] = [];
  const version = info.get('redis_version') ?? '';
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (isOlder(version)) {
    const needed = OLDEST_VERSION.join('.');
    findings.push({
      kind: 'refused',
      message: `Redis ${version} is too old: use ${needed} or newer.`,
    });
  }
  if (policy !== 'noeviction') {
    const message = `Redis may throw events away (${policy}): set maxmemory-policy noeviction.`;
    findings.push({ kind: 'refused', message });
  }
  if (info.get('aof_enabled') === '0') {
    const message = 'Redis forgets what it took last when it restarts: set appendonly yes.';
    findings.push({ kind: 'warning', message });
  } else if (appendfsync !== '' && appendfsync !== 'always') {
    const message = `A power cut may cost Redis the last second (appendfsync ${appendfsync}): set appendfsync always.`;
    findings.push({ kind: 'warning', message });
  }
  return findings;
}

function parseInfo(info: string): Map<string, string> {
  const lines = info.split(/\r?\n/).filter((line) => /^\w+:/.test(line));
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
}

function isOlder(version: string): boolean {
  const [major = Infinity, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
