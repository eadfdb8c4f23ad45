import { hash, timingSafeEqual } from 'node:crypto';
import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance } from 'fastify';

/**
 * Lets in who knows the password, as the user `bot`, to look and not to change: for all routes that are
 * added to the scope afterwards. Others get a bare 401 or 405. A browser asks once for all such pages.
 */
export async function requirePassword(scope: FastifyInstance, password: string): Promise<void> {
  await scope.register(basicAuth, {
    authenticate: { realm: 'bot' },
    async validate(user, given) {
      if (user !== 'bot' || !isSame(given, password)) throw new Error('wrong password');
    },
  });
  scope.addHook('onRequest', (request, reply, done) => {
    // Answered here, since a scope's own handler of errors may know no 401.
    scope.basicAuth(request, reply, (error) => (error ? void reply.code(401).send() : done()));
  });
  scope.addHook('onRequest', async ({ method }, reply) => {
    if (method !== 'GET' && method !== 'HEAD') return reply.code(405).send();
    return undefined;
  });
}

/** Without telling by its time how much of it is right. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
