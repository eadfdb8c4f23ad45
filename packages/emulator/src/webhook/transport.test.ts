import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createTransport } from './transport.ts';

async function postTo(webhook: RequestListener): Promise<unknown> {
  const server = createServer(webhook);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createTransport(`http://127.0.0.1:${port}/webhook`, 1);
  onTestFinished(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  return transport.post('{}', {}, new AbortController().signal);
}

it('takes a 200 for one, however much the webhook has to say beside it', async () => {
  const answer = await postTo((_request, response) => response.end('x'.repeat(300_000)));
  expect(answer).toMatchObject({ kind: 'answer', status: 200 });
});

it('takes a 200 for one, though its body never comes to an end', async () => {
  const answer = await postTo((_request, response) => response.writeHead(200).write('một'));
  expect(answer).toMatchObject({ kind: 'answer', status: 200 });
});

it('takes a 200 for one, though the connection breaks after it', async () => {
  const answer = await postTo((_request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('một', () => response.destroy());
  });
  expect(answer).toMatchObject({ kind: 'answer', status: 200 });
});
