import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { createGraphClient } from '@bot/graph-client';
import { create as createAxios } from 'axios';
import { Pool } from 'undici';
import { compare, type Contender } from './compare.ts';

const side = 50;
const accessToken = 'EAAtokentokentokentoken1234567890';
const path = '/v26.0/me/messages';
const to = '6912345678901234';
const text = 'Bạn vừa nói: "xin chào"';
const body = { recipient: { id: to }, messaging_type: 'RESPONSE', message: { text } };
const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };

/** What a send costs beside a bare undici request and axios, against a server of its own process. */
export async function benchSend(): Promise<void> {
  const server = fork(new URL('graph-stand-in.ts', import.meta.url), { stdio: 'inherit' });
  const [origin] = (await once(server, 'message')) as [string];
  const pool = new Pool(origin, { connections: side });
  const pipeline = { rateLimit: { sendsPerSecond: Infinity } };
  const graph = createGraphClient({ accessToken, appSecret: 's', baseUrl: origin, pipeline });
  const http = createAxios({ httpAgent: new HttpAgent({ keepAlive: true, maxSockets: side }) });
  try {
    await compare(
      `a send, ${side} side by side`,
      [
        contender('undici request', async () => {
          const json = JSON.stringify(body);
          const answer = await pool.request({ method: 'POST', path, headers, body: json });
          await answer.body.json();
        }),
        contender('graph.messages.sendText', () => graph.messages.sendText({ to, text })),
        contender('axios.post', () => http.post(`${origin}${path}`, body, { headers })),
      ],
      { rounds: 15, count: 5_000 },
    );
  } finally {
    await Promise.all([pool.close(), graph.close()]);
    server.kill();
  }
}

function contender(name: string, send: () => Promise<unknown>): Contender {
  return {
    name,
    run: async (count) => {
      let left = count;
      const sendAll = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await send();
        }
      };
      await Promise.all(Array.from({ length: side }, sendAll));
    },
  };
}
