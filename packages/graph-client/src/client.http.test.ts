import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { createGraphClient } from './client.ts';
import type { GraphClient } from './client.ts';
import type { GraphClientOptions } from './options.ts';
import { createManualClock } from './testing/index.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(options: GraphClientOptions): GraphClient {
  const graph = createGraphClient(options);
  open.push(() => graph.close());
  return graph;
}

describe('a client over a real connection', () => {
  const to = '6912345678901234';

  it("reads Graph's error body", async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          error: {
            message: '(#100) No matching user found',
            type: 'OAuthException',
            code: 100,
            error_subcode: 2018001,
            fbtrace_id: 'AbCd',
          },
        }),
      );
    });
    const graph = clientOf({ accessToken: 'token', baseUrl: origin });
    await expect(graph.messages.sendText({ to, text: 'hi' })).rejects.toMatchObject({
      kind: 'api',
      code: 100,
      subcode: 2018001,
      traceId: 'AbCd',
    });
  });

  it('takes HTML of a proxy for a bad response', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(502).end('<html>Bad Gateway</html>');
    });
    const graph = clientOf({ accessToken: 'token', baseUrl: origin });
    await expect(graph.messages.sendText({ to, text: 'hi' })).rejects.toMatchObject({
      kind: 'bad-response',
      code: 'HTTP 502',
      effect: 'unknown',
    });
  });

  it('gives a whole call up at its deadline', async () => {
    const clock = createManualClock();
    const origin = await serve(() => clock.advance(10_000));
    const graph = clientOf({ accessToken: 'token', baseUrl: origin, clock });
    await expect(graph.messages.sendText({ to, text: 'hi' })).rejects.toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
    });
  });
});
