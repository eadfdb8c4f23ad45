import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { createGraphClient } from '@bot/graph-client';
import { create as createAxios } from 'axios';
import { Pool } from 'undici';
import { compare, ownCpu, type Contender } from './compare.ts';
import type { Figure } from './result.ts';

const side = 50;
const bare = 'undici request';
const ours = 'graph.messages.sendText';
const axios = 'axios.post';
const accessToken = 'EAAtokentokentokentoken1234567890';
const path = '/v26.0/me/messages';
const to = '6912345678901234';
const text = 'Bạn vừa nói: "xin chào"';
const body = { recipient: { id: to }, messaging_type: 'RESPONSE', message: { text } };
const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };

/** What a send costs beside a bare undici request and axios, against a server of its own process. */
export async function benchSend(): Promise<Figure[]> {
  const server = fork(new URL('graph-stand-in.ts', import.meta.url), { stdio: 'inherit' });
  const [origin] = (await once(server, 'message')) as [string];
  const pool = new Pool(origin, { connections: side });
  const pipeline = { rateLimit: { sendsPerSecond: Infinity } };
  const graph = createGraphClient({ accessToken, appSecret: 's', baseUrl: origin, pipeline });
  const http = createAxios({ httpAgent: new HttpAgent({ keepAlive: true, maxSockets: side }) });
  try {
    const found = await compare(
      `a send, ${side} side by side`,
      [
        contender(bare, async () => {
          const json = JSON.stringify(body);
          const answer = await pool.request({ method: 'POST', path, headers, body: json });
          await answer.body.json();
        }),
        contender(ours, () => graph.messages.sendText({ to, text })),
        contender(axios, () => http.post(`${origin}${path}`, body, { headers })),
      ],
      { rounds: 5, count: 5_000 },
    );
    return [bare, axios].map((other): Figure => {
      const values = found.ratios(ours, ownCpu.name, other);
      return { what: `send, beside ${other}`, unit: 'x', values };
    });
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
