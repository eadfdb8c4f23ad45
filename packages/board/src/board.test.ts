import { once } from 'node:events';
import { startRedis, type RedisServer } from '@bot/dev';
import { connectRedis, createQueue, openJobQueues, type RedisConnection } from '@bot/queue';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

async function setUp(isThere = true): Promise<FastifyInstance> {
  const app = fastify();
  apps.push(app);
  const open = (): ReturnType<typeof openJobQueues> | undefined =>
    isThere ? openJobQueues({ redis }) : undefined;
  await addBoard(app, { password: 'mật khẩu của bảng', open });
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

  it('says so while Redis is away', async () => {
    const app = await setUp(false);
    const answer = await app.inject({ url: '/board', headers });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
  });
});
