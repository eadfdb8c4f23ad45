/** A server that takes every message over TLS, HTTP/1.1 or HTTP/2, in a process of its own. */
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { newCertificate } from '@bot/dev';

const answer = JSON.stringify({ recipient_id: '6912345678901234', message_id: 'm_stand-in' });

const { certificate, key } = await newCertificate();
const server = createSecureServer({ cert: certificate, key, allowHTTP1: true });
server.on('request', (request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ origin: `https://localhost:${port}`, ca: certificate });
});
process.on('disconnect', () => process.exit());
