import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { compare, ownCpu, type Contender } from './compare.ts';
import type { Figure } from './result.ts';
import { sideBySide } from './side-by-side.ts';

const one = 'HTTP/2, 1 connection';
const eight = 'HTTP/2, 8 connections';
const path = '/v26.0/me/messages';
const body = JSON.stringify({
  recipient: { id: '6912345678901234' },
  messaging_type: 'RESPONSE',
  message: { text: 'Bạn vừa nói: "xin chào"' },
});
const headers = {
  authorization: 'Bearer EAAtokentokentokentoken1234567890',
  'content-type': 'application/json',
};

/**
 * What a bare request costs over TLS, as Graph is reached: HTTP/1.1 over as many connections as there
 * are requests at once, and HTTP/2 over one and over eight.
 */
export async function benchSendOverTls(): Promise<Figure[]> {
  const server = fork(new URL('graph-over-tls.ts', import.meta.url), { stdio: 'inherit' });
  const [{ origin, ca }] = (await once(server, 'message')) as [{ origin: string; ca: string }];
  const pools: Pool[] = [];
  const contender = (name: string, side: number, connections: number, h2: boolean): Contender => {
    const connect = { ca };
    const pool = new Pool(origin, {
      connections,
      connect,
      allowH2: h2,
      pipelining: h2 ? side : 1,
    });
    pools.push(pool);
    return {
      name,
      run: (count) =>
        sideBySide(side, Array.from({ length: count }), async () => {
          const answer = await pool.request({ method: 'POST', path, headers, body });
          await answer.body.json();
        }),
    };
  };
  const figures: Figure[] = [];
  try {
    for (const side of [50, 400]) {
      const found = await compare(
        `a bare request over TLS, ${side} side by side`,
        [
          contender('HTTP/1.1', side, Math.min(side, 128), false),
          contender(one, side, 1, true),
          contender(eight, side, 8, true),
        ],
        { rounds: 7, count: 5_000 },
      );
      for (const name of [one, eight]) {
        const what = `a request over TLS by ${name}, ${side} at once, beside HTTP/1.1`;
        figures.push({ what, unit: 'x', values: found.ratios(name, ownCpu.name) });
      }
    }
    return figures;
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
    server.kill();
  }
}
