import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisServer } from '@bot/dev';

/**
 * The room on the disk under a Redis: a limit of the size of its files, from its next start on. A
 * write beyond it fails and, since the signal that would come with it is ignored, nothing else
 * happens: to Redis a full disk. Made by {@link limitRoom}.
 */
export interface Room {
  /** For `startRedis`. */
  readonly through: readonly string[];
  /** Lets its append-only file grow by so many bytes. */
  leave(redis: RedisServer, bytes: number): Promise<void>;
  unlimited(): Promise<void>;
  close(): Promise<void>;
}

/** In `ulimit`'s blocks. */
const BLOCK = 512;
const SCRIPT = `trap '' XFSZ; read -r blocks < "$0"; ulimit -S -f "$blocks"; exec "$@"`;

export async function limitRoom(bytes: number): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), 'messenger-bot-room-'));
  const file = join(folder, 'blocks');
  const limit = (blocks: number | string): Promise<void> => writeFile(file, `${blocks}\n`);
  const limitTo = (size: number): Promise<void> => limit(Math.ceil(size / BLOCK));
  await limitTo(bytes);
  return {
    through: ['/bin/sh', '-c', SCRIPT, file],
    async leave(redis, more) {
      const names = await readdir(redis.dir, { recursive: true });
      const files = names.filter((name) => name.endsWith('.aof'));
      const sizes = await Promise.all(files.map((name) => stat(join(redis.dir, name))));
      await limitTo(Math.max(0, ...sizes.map(({ size }) => size)) + more);
    },
    unlimited: () => limit('unlimited'),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
