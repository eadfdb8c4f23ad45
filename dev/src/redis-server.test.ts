import { access, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from './folders.ts';
import { startTimeOf } from './process-identity.ts';
import { answersPing } from './redis-command.ts';
import type { RedisServer } from './redis-node.ts';
import { type RedisOptions, startRedis } from './redis-server.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function start(options: RedisOptions = {}): Promise<RedisServer> {
  const redis = await startRedis(options);
  open.push(() => redis.close());
  return redis;
}

/** What a server answers to lines of its inline protocol, until it has closed the connection. */
function ask(url: string, ...commands: string[]): Promise<string> {
  const { port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let answer = '';
  const socket = createConnection({ host: '127.0.0.1', port: Number(port) });
  socket.setEncoding('utf8');
  socket.on('connect', () => socket.write([...commands, 'QUIT', ''].join('\r\n')));
  socket.on('data', (text: string) => (answer += text));
  socket.on('error', reject);
  socket.on('close', () => resolve(answer));
  return promise;
}

const withPassword = (url: string): string => `AUTH ${new URL(url).password}`;
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a private Redis', () => {
  it('answers whoever has its password, and nobody else', async () => {
    const { url } = await start();
    expect(await ask(url, 'GET lời')).toContain('-NOAUTH');
    expect(await ask(url, withPassword(url), 'SET lời chào', 'GET lời')).toContain('chào');
  });

  it('never evicts, and writes to disk before it answers', async () => {
    const { url } = await start();
    const settings = await ask(
      url,
      withPassword(url),
      'CONFIG GET maxmemory-policy',
      'CONFIG GET appendonly',
      'CONFIG GET appendfsync',
    );
    for (const value of ['noeviction', 'yes', 'always']) expect(settings).toContain(value);
  });

  it('has the same address and data after it was killed and started again', async () => {
    const redis = await start();
    const { url, pid } = redis;
    await ask(url, withPassword(url), 'SET tên Bưởi');
    await redis.kill('SIGKILL');
    await expect(ask(url, 'PING')).rejects.toThrow('ECONNREFUSED');
    await redis.restart();
    expect(redis.url).toBe(url);
    expect(redis.pid).not.toBe(pid);
    expect(await ask(url, withPassword(url), 'GET tên')).toContain('Bưởi');
  });

  it('forgets everything over a restart when told not to keep it', async () => {
    const redis = await start({ appendonly: 'no' });
    await ask(redis.url, withPassword(redis.url), 'SET tên Bưởi');
    await redis.kill('SIGKILL');
    await redis.restart();
    expect(await ask(redis.url, withPassword(redis.url), 'GET tên')).not.toContain('Bưởi');
  });

  it('leaves neither process nor folder behind, however often it is closed', async () => {
    const { pid, dir, close } = await start().then((redis) => ({
      pid: redis.pid,
      dir: redis.dir,
      close: () => redis.close(),
    }));
    expect(await exists(dir)).toBe(true);
    await close();
    await close();
    expect(await startTimeOf(pid)).toBeUndefined();
    expect(await exists(dir)).toBe(false);
  });

  it('speaks TLS to those who trust its certificate', async () => {
    const { url, certificate } = await start({ tls: true });
    const { port, password } = new URL(url);
    const address = { port: Number(port), password };
    expect(url).toMatch(/^rediss:/);
    expect(await answersPing({ ...address, certificate })).toBe(true);
    expect(await answersPing(address)).toBe(false);
  });

  it('is the process that a command it is started through becomes', async () => {
    const dir = await temporaryFolder('test');
    open.push(() => rm(dir, { recursive: true }));
    const trace = join(dir, 'trace');
    const redis = await start({ through: ['/bin/sh', '-c', ': > "$0"; exec "$@"', trace] });
    expect(await exists(trace)).toBe(true);
    const info = await ask(redis.url, withPassword(redis.url), 'INFO server');
    expect(info).toContain(`process_id:${redis.pid}`);
  });

  it('tells when it dies by itself', async () => {
    const redis = await start();
    process.kill(redis.pid, 'SIGKILL');
    const dead = await redis.died;
    expect(await dead.exited).toEqual({ code: null, signal: 'SIGKILL', expected: false });
  });
});

describe('a lasting folder', () => {
  it('keeps the data for the next start', async () => {
    const dir = await temporaryFolder('test');
    open.push(() => rm(dir, { recursive: true }));
    const first = await start({ dir });
    await ask(first.url, withPassword(first.url), 'SET tên Mận');
    await first.close();
    const second = await start({ dir });
    expect(await ask(second.url, withPassword(second.url), 'GET tên')).toContain('Mận');
  });

  it('is refused while another server works in it', async () => {
    const dir = await temporaryFolder('test');
    open.push(() => rm(dir, { recursive: true }));
    const { pid } = await start({ dir });
    await expect(startRedis({ dir })).rejects.toThrow(`in use by process ${pid}`);
  });
});

it('says in one line what to install when there is no Redis and no way to get one', async () => {
  const cache = await temporaryFolder('test');
  open.push(() => rm(cache, { recursive: true }));
  const environment = { PATH: '', XDG_CACHE_HOME: cache };
  await expect(startRedis({ environment })).rejects.toThrow(
    /^Redis 6\.2 or newer is missing: install it .* and start again\.$/,
  );
});
