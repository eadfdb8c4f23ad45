import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { requirePassword } from './password.ts';

const credentials = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

it.each([
  ['who knows the password', 'GET', credentials('bot', 'mật khẩu'), 200],
  ['nobody', 'GET', {}, 401],
  ['another user', 'GET', credentials('admin', 'mật khẩu'), 401],
  ['who knows a part of it', 'GET', credentials('bot', 'mật'), 401],
  ['who would change something', 'POST', credentials('bot', 'mật khẩu'), 405],
] as const)(
  'a page with a password is answered to %s as it should be',
  async (_who, method, headers, status) => {
    const app = fastify();
    await app.register(async (scope) => {
      await requirePassword(scope, 'mật khẩu');
      scope.route({ method: ['GET', 'POST'], url: '/page', handler: async () => 'shown' });
    });
    app.get('/open', async () => 'open');
    const { statusCode, body } = await app.inject({ method, url: '/page', headers });
    expect([statusCode, body]).toEqual([status, status === 200 ? 'shown' : '']);
    expect((await app.inject('/open')).body).toBe('open');
  },
);
