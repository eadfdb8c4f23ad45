/** What the examples of @bot/emulator take for granted. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createEmulator } from '@bot/emulator';
import { redirect } from '../addresses.mjs';

const bodies = [];

export async function prepare() {
  const webhook = createServer((request, response) => {
    request.on('data', (chunk) => bodies.push(String(chunk)));
    request.on('end', () => response.end());
  });
  webhook.listen(0, '127.0.0.1');
  await once(webhook, 'listening');
  redirect('localhost:3000', webhook.address().port);
  const emulator = await createEmulator({
    webhookUrl: 'http://localhost:3000/webhook',
    appSecret: 'secret',
    verifyToken: 'verify',
    pages: [{ id: '100000000000001', accessToken: 'token' }],
  });
  Object.assign(globalThis, { emulator });
  return async () => {
    await emulator.close();
    webhook.closeAllConnections();
    webhook.close();
  };
}

/** The webhook has heard what the example said. */
export async function verify() {
  if (!bodies.some((body) => JSON.parse(body).entry[0].messaging[0].message?.text === 'xin chào'))
    throw new Error(`The webhook has heard ${bodies.length} deliveries, none with the text`);
}
