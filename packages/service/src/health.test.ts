import { fastify } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addHealth } from './health.ts';

it('says that the process lives, whether it can work, and its metrics', async () => {
  const registry = new Registry();
  new Gauge({ name: 'shop_open', help: 'Whether it is open.', registers: [registry] }).set(1);
  let trouble: string | undefined = 'Redis is reconnecting';
  const app = fastify();
  addHealth(app, { trouble: () => trouble, registry });

  expect((await app.inject('/livez')).json()).toEqual({ status: 'ok' });
  const unready = await app.inject('/readyz');
  expect(unready.statusCode).toBe(503);
  expect(unready.json()).toEqual({ status: 'unavailable', reason: 'Redis is reconnecting' });
  trouble = undefined;
  const ready = await app.inject('/readyz');
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toEqual({ status: 'ok' });
  const metrics = await app.inject('/metrics');
  expect(metrics.headers['content-type']).toBe(registry.contentType);
  expect(metrics.body).toContain('shop_open 1');
  await app.close();
});
