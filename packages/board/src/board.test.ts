import { once } from 'node:events';
import { startRedis, type RedisServer } from '@bot/dev';
import { connectRedis, createQueue, openJobQueues, type RedisConnection } from '@bot/queue';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { addBoard } from './board.ts';

let server: RedisServer;
let redis: RedisConnection;
const apps: FastifyInstance[] = [];

beforeAll(async () => {
  server = await startRedis();
  redis = connectRedis({ url: server.url, role: 'producer' });
  await once(redis, 'ready');
});

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

async function setUp(connection = redis): Promise<FastifyInstance> {
  const app = fastify();
  apps.push(app);
  await addBoard(app, {
    password: 'mật khẩu của bảng',
    trouble: () => (connection.status === 'ready' ? undefined : `Redis is ${connection.status}`),
    open: () => openJobQueues({ redis: connection }),
  });
  return app;
}

const authorization = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const headers = authorization('bot', 'mật khẩu của bảng');

describe('the board', () => {
  it('shows the page and the jobs to who knows the password', async () => {
    const app = await setUp();
    const queue = createQueue({ redis });
    await queue.add({ id: 'a', lane: '100:200', timestamp: 1, data: { text: 'Xin chào' } });
    const page = await app.inject({ url: '/board', headers });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    const url = '/board/api/queues?activeQueue=lanes&status=waiting&page=1&jobsPerPage=10';
    const jobs = await app.inject({ url, headers });
    await queue.close();
    expect(jobs.json()).toMatchObject({
      queues: [{ name: 'lanes', readOnlyMode: true, counts: { waiting: 1 } }],
    });
    expect(jobs.body).not.toContain('Xin chào');
  });

  it.each([
    ['nobody', {}],
    ['another user', authorization('admin', 'mật khẩu của bảng')],
    ['a wrong password', authorization('bot', 'mật khẩu')],
  ])('shows nothing to %s', async (_who, given) => {
    const app = await setUp();
    for (const url of ['/board', '/board/api/queues', '/board/static/favicon.svg']) {
      const answer = await app.inject({ url, headers: given });
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toBe('');
    }
  });

  it('changes nothing', async () => {
    const app = await setUp();
    for (const url of ['/board/api/queues/lanes/pause', '/board/api/queues/lanes/empty']) {
      expect((await app.inject({ method: 'PUT', url, headers })).statusCode).toBe(405);
    }
  });
});

describe.each(['producer', 'worker'] as const)('the board of a %s', (role) => {
  const url = '/board/api/queues?activeQueue=lanes&status=waiting&page=1&jobsPerPage=10';

  it('says within a second that Redis is away, and shows the jobs once it is back', async () => {
    const own = await startRedis();
    const connection = connectRedis({ url: own.url, role });
    onTestFinished(async () => {
      connection.disconnect();
      await own.close();
    });
    const app = await setUp(connection);
    const ask = async (): Promise<[number, string]> => {
      const late = new Promise<never>((_resolve, reject) => {
        setTimeout(() => reject(new Error('no answer within a second')), 1_000).unref();
      });
      const { statusCode, body } = await Promise.race([app.inject({ url, headers }), late]);
      return [statusCode, body];
    };
    const statusOf = async (): Promise<number> => (await ask())[0];
    await expect.poll(statusOf).toBe(200);

    process.kill(own.pid, 'SIGSTOP');
    expect(await ask()).toEqual([503, '{"error":"Redis did not answer."}']);
    process.kill(own.pid, 'SIGCONT');
    await expect.poll(statusOf).toBe(200);

    await own.kill('SIGKILL');
    expect(await statusOf()).toBe(503);
    await expect.poll(() => connection.status).not.toBe('ready');
    expect(await ask()).toEqual([
      503,
      expect.stringMatching(/^\{"error":"Redis is \w+: nothing can be shown\."\}$/),
    ]);
    await own.restart();
    await expect.poll(statusOf, { timeout: 10_000 }).toBe(200);
  }, 30_000);
});
