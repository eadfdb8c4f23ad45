import { describe, expect, it } from 'vitest';
import { unsyncedBytes } from './disk.ts';

const FILE = '/r/appendonly.aof.1.incr.aof';
const unsynced = (...lines: string[]): number | undefined =>
  unsyncedBytes(lines.join('\n')).get(FILE);

describe('the bytes that a trace shows to be written, but not synced', () => {
  it('are those after the last sync', () => {
    expect(
      unsynced(
        `7 write(8<${FILE}>, ""..., 100) = 100`,
        `7 fdatasync(8<${FILE}>) = 0`,
        `7 write(8<${FILE}>, ""..., 20) = 20`,
        `7 write(8<${FILE}>, ""..., 3) = 3`,
      ),
    ).toBe(23);
  });

  it('include what was written while a sync was under way', () => {
    expect(
      unsynced(
        `7 write(8<${FILE}>, ""..., 100) = 100`,
        `9 fdatasync(8<${FILE}> <unfinished ...>`,
        `7 write(8<${FILE}>, ""..., 20) = 20`,
        '9 <... fdatasync resumed>) = 0',
      ),
    ).toBe(20);
  });

  it('include what a sync was about that never returned, or failed', () => {
    expect(
      unsynced(
        `7 write(8<${FILE}>, ""..., 100) = 100`,
        `7 fdatasync(8<${FILE}>) = -1 EIO (Input/output error)`,
        `7 fdatasync(8<${FILE}>) = ?`,
        `9 fdatasync(8<${FILE}> <unfinished ...>`,
        '7 +++ killed by SIGKILL +++',
      ),
    ).toBe(100);
  });

  it('are as many as the call says, not as it was asked to write', () => {
    expect(
      unsynced(
        `7 write(8<${FILE}>, ""..., 100 <unfinished ...>`,
        '9 write(3</dev/null>, ""..., 5) = 5',
        '7 <... write resumed>) = 60',
        `7 write(8<${FILE}>, ""..., 40) = -1 ENOSPC (No space left on device)`,
      ),
    ).toBe(60);
  });
});
