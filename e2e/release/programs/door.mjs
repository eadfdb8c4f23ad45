import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { redirect } from './addresses.mjs';

/** A Redis without a password at the address of the README: each connection is logged in on its way. */
export async function openDoor() {
  const hidden = new URL(process.env.REDIS_URL);
  const door = createServer((client) => {
    const redis = connect({ host: hidden.hostname, port: hidden.port });
    redis.write(`AUTH ${hidden.password}\r\n`);
    redis.once('data', () => client.pipe(redis).pipe(client));
    client.on('error', () => redis.destroy());
    redis.on('error', () => client.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  redirect('localhost:6379', door.address().port);
}
