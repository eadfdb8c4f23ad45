import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGraphClient, GraphApiError, type GraphClient } from '@bot/graph-client';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCollector, type Collector } from './collector.test-setup.ts';
import { createLog } from './log.ts';
import { observeCalls } from './observed-calls.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { startTracing } from './tracing.ts';

const person = '24000000000000001';
let collector: Collector;
let graph: GraphClient;
let server: Server;

/** Refuses as Graph does, which quotes what it was asked for. */
beforeEach(async () => {
  collector = await startCollector();
  server = createServer(({ url = '' }, response) => {
    const id = url.split('/')[2]?.split('?')[0];
    const message = `Unsupported get request. Object with ID '${id}' does not exist`;
    const error = { message, type: 'GraphMethodException', code: 100, error_subcode: 2018001 };
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  graph = createGraphClient({
    accessToken: 'token-of-this-test',
    baseUrl: `http://127.0.0.1:${port}`,
    pipeline: [observeCalls(new Registry(), () => 0)],
  });
});

afterEach(async () => {
  await graph.close();
  await collector.close();
  server.closeAllConnections();
  server.close();
});

it.each<[string, () => Promise<unknown>, string]>([
  ['a profile', () => graph.users.get(person), '/v26.0/…'],
  [
    'the ids of a person on other Pages',
    () => graph.call({ method: 'GET', path: `${person}/ids_for_pages`, query: { page: '10' } }),
    '/v26.0/…/ids_for_pages',
  ],
  [
    'a conversation',
    () => graph.call({ method: 'GET', path: `t_${person}/messages` }),
    '/v26.0/…/messages',
  ],
])('%s that is refused names nobody in the log and in spans', async (_what, ask, path) => {
  const tracing = startTracing({ service: 'test', endpoint: collector.endpoint });
  const written: string[] = [];
  const log = createLog({
    name: 'worker',
    level: 'info',
    pseudonyms: createPseudonyms('bí-mật-1234'),
    destination: { write: (line) => void written.push(line) },
  });
  const error: unknown = await ask().catch((refusal: unknown) => refusal);
  await tracing.close();
  expect(error).toBeInstanceOf(GraphApiError);
  log.error({ err: error, reason: String(error) }, 'turn failed');
  for (const told of [written.join(), JSON.stringify(collector.spans)]) {
    expect(told).toContain(path);
    expect(told).not.toContain(person);
  }
  expect(written.join()).toContain('[100/2018001]');
});
