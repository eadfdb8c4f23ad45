import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, portTrouble } from './ports.ts';

it('finds a port that can be listened on, outside the range of outgoing connections', async () => {
  const port = await freePort();
  expect(port).toBeLessThan(32_768);
  expect(await portTrouble(port)).toBeUndefined();
});

it('sees that a port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await portTrouble(port)).toBe('EADDRINUSE');
  server.close();
  await once(server, 'close');
  expect(await portTrouble(port)).toBeUndefined();
});

it('gives no port twice, though nobody listens on it yet', async () => {
  const ports = await Promise.all(Array.from({ length: 600 }, () => freePort()));
  expect(new Set(ports).size).toBe(ports.length);
});
