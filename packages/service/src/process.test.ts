import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Run {
  readonly code: number | null;
  /** The messages of its log. */
  readonly said: string[];
  readonly stderr: string;
}

const begin = `
  const open = setInterval(() => {}, 60_000);
  const service = {
    async close() {
      clearInterval(open);
      log.info('closed');
    },
  };
`;

/** Runs a service as a process of its own; is told when a line of its log was read. */
async function run(
  start: string,
  environment: Record<string, string> = {},
  onMessage: (message: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Run> {
  const script = `
    import { readSettings, runService } from './src/index.ts';
    await runService({
      name: 'shop',
      readConfig: (environment) => readSettings(environment, { port: 0, own: {} }).settings,
      secretOf: () => 'bí-mật-1234',
      start: async (config, { log, fail }) => {${start}},
    });
  `;
  const child = spawn(
    process.execPath,
    ['--conditions=@bot/source', '--input-type=module', '--eval', script],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { NODE_NO_WARNINGS: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  let unread = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (unread + chunk.toString()).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) {
      const { name, msg } = JSON.parse(line) as { name: string; msg: string };
      said.push(`${name}: ${msg}`);
      onMessage(msg, (signal) => child.kill(signal));
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, stderr };
}

describe('a service', { timeout: 20_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('is closed at %s and ends well', async (signal) => {
    const start = `${begin} log.info('open'); return service;`;
    const ran = await run(start, {}, (message, kill) => {
      if (message === 'open') kill(signal);
    });
    const said = ['shop: open', 'shop: stopping', 'shop: closed', 'shop: stopped'];
    expect(ran).toEqual({ code: 0, said, stderr: '' });
  });

  it('is closed once however often it is told to, also while it starts', async () => {
    const start = `${begin}
      process.emit('SIGTERM', 'SIGTERM');
      process.emit('SIGINT', 'SIGINT');
      return service;`;
    const { code, said } = await run(start);
    expect(said).toEqual(['shop: stopping', 'shop: stopping', 'shop: closed', 'shop: stopped']);
    expect(code).toBe(0);
  });

  it('that fails says why, is closed, and ends with 1', async () => {
    const start = `${begin} setImmediate(() => fail('Redis may evict keys.')); return service;`;
    const { code, said } = await run(start);
    expect(said).toEqual(['shop: Redis may evict keys.', 'shop: closed', 'shop: stopped']);
    expect(code).toBe(1);
  });

  it('that cannot start says why in one line and ends with 1', async () => {
    const ran = await run(`${begin} throw new Error('no room');`);
    expect(ran).toEqual({ code: 1, said: [], stderr: 'shop: cannot start: no room\n' });
  });

  it('with a wrong variable names it in one line and ends with 1', async () => {
    const ran = await run(`${begin} return service;`, { PORT: 'eighty' });
    const stderr = 'shop: PORT must be a port from 0 to 65535.\n';
    expect(ran).toEqual({ code: 1, said: [], stderr });
  });

  it('logs what its level lets through', async () => {
    const start = `${begin} log.info('open'); process.emit('SIGTERM', 'SIGTERM'); return service;`;
    expect((await run(start, { LOG_LEVEL: 'warn' })).said).toEqual([]);
  });
});
