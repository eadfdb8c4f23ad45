import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError } from './errors.ts';
import { guardEventLoop } from './event-loop-guard.ts';

const children: ChildProcess[] = [];
const guard = new URL('./event-loop-guard.ts', import.meta.url).href;

/** A process of its own that guards itself, says that it is ready, and then does as it is told. */
async function guarded(then: string): Promise<ChildProcess> {
  const code = `
    import { guardEventLoop } from '${guard}';
    const guard = guardEventLoop({ afterMs: 400 });
    process.on('SIGTERM', () => void guard.close().then(() => process.exit(7)));
    setInterval(() => {}, 1_000);
    console.log('ready');
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('a guarded event loop', () => {
  it('that is blocked ends its process, and says why', async () => {
    const child = await guarded('for (;;);');
    const [said] = (await once(child.stderr ?? child, 'data')) as [Buffer];
    expect(said.toString()).toContain('The event loop was blocked for 400 ms');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });

  it('that was stopped for longer, and goes on, lives', async () => {
    const child = await guarded('');
    child.kill('SIGSTOP');
    await once(spawn('sleep', ['1']), 'exit');
    child.kill('SIGCONT');
    await once(spawn('sleep', ['1']), 'exit');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('lets go of its process when it is closed', async () => {
    const child = await guarded(
      'await guard.close(); for (;;) { if (performance.now() > 2_000) process.exit(5); }',
    );
    expect(await once(child, 'exit')).toEqual([5, null]);
  });

  it('is refused a time that a busy moment would exceed', () => {
    expect(() => guardEventLoop({ afterMs: 5 })).toThrow(InputError);
  });
});
