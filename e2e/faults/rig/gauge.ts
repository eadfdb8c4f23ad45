/** Reads, from outside, what a process and Redis hold. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { RedisConnection } from '@bot/queue';

const run = promisify(execFile);
const MB = 1_024 * 1_024;

/** What a process holds of its machine. */
export interface ProcessGauge {
  /** Resident memory. */
  readonly memoryMb: number;
  /** Open files and connections. */
  readonly descriptors: number;
}

/** @throws when there is no such process. */
export async function gaugeProcess(pid: number): Promise<ProcessGauge> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const descriptors = await readdir(`/proc/${pid}/fd`);
    return { memoryMb: kilobytes(/^VmRSS:\s+(\d+) kB$/m, status), descriptors: descriptors.length };
  }
  const memory = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  const files = await run('lsof', ['-F', 'f', '-p', String(pid)]);
  return {
    memoryMb: kilobytes(/(\d+)/, memory.stdout),
    descriptors: files.stdout.match(/^f\d+$/gm)?.length ?? 0,
  };
}

function kilobytes(pattern: RegExp, text: string): number {
  const [, amount] = pattern.exec(text) ?? [];
  if (amount === undefined) throw new Error(`No memory is told in: ${text}`);
  return Number(amount) / 1_024;
}

/** What Redis holds. */
export interface RedisGauge {
  readonly memoryMb: number;
  readonly keys: number;
  /** Keys without a time at which they expire: one that is forgotten stays for ever. */
  readonly lastingKeys: number;
}

export async function gaugeRedis(redis: RedisConnection): Promise<RedisGauge> {
  const [memory, keyspace] = await Promise.all([redis.info('memory'), redis.info('keyspace')]);
  const [, used] = /^used_memory:(\d+)/m.exec(memory) ?? [];
  if (used === undefined) throw new Error('Redis does not tell what memory it uses.');
  // An empty Redis has no such line.
  const [, keys = 0, expiring = 0] = /^db0:keys=(\d+),expires=(\d+)/m.exec(keyspace) ?? [];
  return {
    memoryMb: Number(used) / MB,
    keys: Number(keys),
    lastingKeys: Number(keys) - Number(expiring),
  };
}
