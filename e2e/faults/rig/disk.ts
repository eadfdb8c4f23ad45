/**
 * A power cut leaves of a file what was synced, and perhaps some of what was only written. `kill -9`
 * leaves all that was written, since the system still has it: it proves nothing about syncing.
 */
import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { delay, type RedisServer } from '@bot/dev';

/** The disk under a Redis. Made by {@link openDisk}. */
export interface Disk {
  /** How it is known what was synced: seen in the system calls, or believed as Redis documents it. */
  readonly source: 'traced' | 'documented';
  /** For `startRedis`. */
  readonly through: readonly string[];
  /**
   * Kills Redis and takes from its append-only file what was not synced, but for a share (0 to 1)
   * that happened to reach the disk. Answers how many bytes were taken.
   */
  cutPower(redis: RedisServer, survives: number): Promise<number>;
  close(): Promise<void>;
}

/** Where there is strace and it may trace, the calls are seen. */
export async function openDisk(appendfsync: 'always' | 'everysec'): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'messenger-bot-trace-'));
  const file = join(folder, 'trace');
  const through = ['/usr/bin/strace', ...STRACE_OPTIONS, file];
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  if (!(await canTrace(through, file))) return { ...documentedDisk(appendfsync), close };
  return {
    source: 'traced',
    through,
    close,
    async cutPower(redis, survives) {
      await redis.kill('SIGKILL');
      const unsynced = unsyncedBytes(await readFile(file, 'utf8'));
      let taken = 0;
      for (const [path, bytes] of unsynced) {
        if (await exists(path)) taken += await cut(path, bytes * (1 - survives));
      }
      return taken;
    },
  };
}

/**
 * `-D`: Redis is our child, and strace is beside it. `-f`: all its threads. `-y`: with paths. Each
 * sync takes 3 ms longer, so that the power often goes between a write and its sync.
 */
const STRACE_OPTIONS = [
  '-Dfyqq',
  '--string-limit=0',
  '--trace=write,fdatasync,fsync',
  '--inject=fdatasync:delay_enter=3ms',
  '-o',
];

/** Whether a command that writes something leaves a trace of it. */
async function canTrace(through: readonly string[], file: string): Promise<boolean> {
  const [command, ...args] = [...through, '/bin/sh', '-c', 'echo'];
  try {
    await promisify(execFile)(command, args);
    return (await readFile(file, 'utf8')).includes('write(');
  } catch {
    return false;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function cut(path: string, bytes: number): Promise<number> {
  const { size } = await stat(path);
  const left = Math.ceil(size - bytes);
  await truncate(path, left);
  return size - left;
}

interface SystemCall {
  readonly name: string;
  readonly path: string;
  /** Of the file, when the call began. */
  readonly writtenBefore: number;
}

/**
 * Bytes of each append-only file that were written, in the calls of this trace, but not synced: a
 * sync counts once it has returned, and for what had been written when it began.
 */
export function unsyncedBytes(trace: string): Map<string, number> {
  const written = new Map<string, number>();
  const synced = new Map<string, number>();
  /** By thread: calls during which another thread made one. */
  const begun = new Map<string, SystemCall>();

  function end({ name, path, writtenBefore }: SystemCall, result: number): void {
    if (name === 'write') written.set(path, (written.get(path) ?? 0) + Math.max(0, result));
    else if (result === 0) synced.set(path, Math.max(synced.get(path) ?? 0, writtenBefore));
  }
  for (const line of trace.split('\n')) {
    const { thread = '', name = '', path = '' } = BEGINNING.exec(line)?.groups ?? {};
    const resumed = RESUMED.exec(line)?.groups?.['thread'] ?? '';
    const result = RESULT.exec(line)?.[1];
    const call = path ? { name, path, writtenBefore: written.get(path) ?? 0 } : begun.get(resumed);
    begun.delete(resumed);
    if (call === undefined) continue;
    if (result === undefined) begun.set(thread, call);
    else end(call, Number(result));
  }
  return new Map([...written].map(([path, bytes]) => [path, bytes - (synced.get(path) ?? 0)]));
}

const BEGINNING = /^(?<thread>\d+) +(?<name>write|fdatasync|fsync)\(\d+<(?<path>[^>]*\.aof)>/;
const RESUMED = /^(?<thread>\d+) +<\.\.\. \w+ resumed>/;
const RESULT = / = (-?\d+)[^=]*$/;

/** `always`: all that was answered. `everysec`: all but the last second. */
function documentedDisk(appendfsync: 'always' | 'everysec'): Omit<Disk, 'close'> {
  return {
    source: 'documented',
    through: [],
    async cutPower(redis, survives) {
      const files = await appendOnlyFiles(redis.dir);
      const before = await Promise.all(files.map(async (path) => (await stat(path)).size));
      await delay(1_000);
      await redis.kill('SIGKILL');
      if (appendfsync === 'always') return 0;
      let taken = 0;
      for (const [index, path] of files.entries()) {
        const since = (await stat(path)).size - (before[index] ?? 0);
        taken += await cut(path, since * (1 - survives));
      }
      return taken;
    },
  };
}

async function appendOnlyFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.aof')).map((name) => join(folder, name));
}
