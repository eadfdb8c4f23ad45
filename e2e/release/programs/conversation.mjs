/** A program of another team, made of all that is published: a person is answered by a bot. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createEmulator } from '@bot/emulator';
import * as client from '@bot/graph-client';
import { answerChallenge, parseDelivery, verifySignature } from '@bot/graph-client/webhook';
import { createBot } from '@bot/handlers';
import { connectRedis, createQueue, createWorker, systemClock } from '@bot/queue';

const [appSecret, verifyToken, accessToken] = ['app-secret', 'verify-token', 'page-token'];
const psid = '6174920385517204';
const url = process.env.REDIS_URL;
const connections = ['producer', 'worker'].map((role) => connectRedis({ url, role }));
const queue = createQueue({ redis: connections[0] });

async function take(request, response) {
  const answer = (status, text) => response.writeHead(status).end(text);
  if (request.method === 'GET') {
    const query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
    const { kind, challenge } = answerChallenge(query, verifyToken);
    return kind === 'accepted' ? answer(200, challenge) : answer(403);
  }
  const body = Buffer.concat(await request.toArray());
  const header = request.headers['x-hub-signature-256'];
  if (!verifySignature({ body, header, secrets: [appSecret] })) return answer(401);
  await queue.add(
    parseDelivery(body).events.map((data) => {
      const { id, pageId, psid: person, timestamp } = data;
      return { id, lane: `${pageId}:${person}`, timestamp, data };
    }),
  );
  return answer(200);
}
const webhook = createServer((request, response) => void take(request, response));
webhook.listen(0, '127.0.0.1');
await once(webhook, 'listening');

const emulator = await createEmulator({
  webhookUrl: `http://127.0.0.1:${webhook.address().port}/webhook`,
  appSecret,
  verifyToken,
  requireProof: true,
  pages: [{ id: '100000000000001', accessToken }],
});
const handshake = await emulator.handshake();
const graph = client.createGraphClient({ baseUrl: emulator.url, accessToken, appSecret });
const bot = createBot().text((turn) => turn.reply(`Bạn vừa nói: "${turn.event.text}"`));
const worker = createWorker({
  redis: connections[1],
  handle: ({ data }, { step, signal }) =>
    bot.handle(data, {
      step,
      signal,
      clock: systemClock,
      sender: {
        send: ({ pageId: _pageId, ...message }) => graph.messages.send(message),
        act: ({ pageId: _pageId, ...action }) => graph.messages.senderAction(action),
      },
    }),
});

const { promise: answered, resolve } = Promise.withResolvers();
const heard = () => emulator.state.conversations[psid]?.messages.at(-1);
emulator.subscribe(() => heard()?.direction === 'in' && resolve(heard().text));
emulator.say(psid, 'xin chào');
const answer = await answered;

await emulator.idle();
await worker.close();
await Promise.all([queue.close(), graph.close(), emulator.close()]);
webhook.close();
for (const connection of connections) connection.disconnect();
// What the second version has and the first has not.
const { rehearsed } = Object.fromEntries(Object.entries(client));
console.log(JSON.stringify({ handshake, answer, rehearsed }));
