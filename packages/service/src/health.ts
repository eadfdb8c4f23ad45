import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

export interface HealthOptions {
  /** Why no work can be taken now; absent when all is well. */
  readonly trouble: () => string | undefined;
  readonly registry: Registry;
}

/** `/livez`: the process answers. `/readyz`: it can do its work. `/metrics`: for Prometheus. */
export function addHealth(app: FastifyInstance, { trouble, registry }: HealthOptions): void {
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = trouble();
    if (reason !== undefined) reply.code(503);
    return reason === undefined ? { status: 'ok' } : { status: 'unavailable', reason };
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
}
