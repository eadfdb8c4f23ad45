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
      kind: 'recipient-gone',
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
      reason: 'bad-response',
      code: 'HTTP 502',
      outcome: 'unknown',
    });
  });

  it('gives a whole call up at its deadline', async () => {
    const clock = createManualClock();
    const origin = await serve(() => clock.advance(10_000));
    const graph = clientOf({ accessToken: 'token', baseUrl: origin, clock });
    await expect(graph.messages.sendText({ to, text: 'hi' })).rejects.toMatchObject({
      reason: 'timeout',
      outcome: 'unknown',
    });
  });

  it('streams an upload with its length, a part at a time', async () => {
    const seen: { length: string | undefined; bytes: number; type: string | undefined }[] = [];
    const origin = await serve((request, response) => {
      let bytes = 0;
      request.on('data', (part: Buffer) => (bytes += part.length));
      request.on('end', () => {
        const { 'content-length': length, 'content-type': type } = request.headers;
        seen.push({ length, bytes, type });
        response.end('{"attachment_id":"4200"}');
      });
    });
    const graph = clientOf({ accessToken: 'token', baseUrl: origin });
    let parts = 0;
    const data = {
      sizeBytes: 20_000_000,
      async *open() {
        for (; parts < 20; parts += 1) yield new Uint8Array(1_000_000);
      },
    };
    const file = { data, name: 'phim.mp4', contentType: 'video/mp4' };
    await expect(graph.attachments.upload({ type: 'video', file })).resolves.toEqual({
      attachmentId: '4200',
    });
    expect(parts).toBe(20);
    expect(seen[0]?.bytes).toBeGreaterThan(20_000_000);
    expect(seen[0]?.length).toBe(String(seen[0]?.bytes));
    expect(seen[0]?.type).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('does not know what became of an upload whose file turns out shorter', async () => {
    const origin = await serve((request, response) => {
      request.resume();
      request.on('end', () => response.end('{"attachment_id":"4200"}'));
    });
    const graph = clientOf({ accessToken: 'token', baseUrl: origin });
    const data = {
      sizeBytes: 1_000,
      async *open() {
        yield new Uint8Array(10);
      },
    };
    const file = { data, name: 'phim.mp4', contentType: 'video/mp4' };
    await expect(graph.attachments.upload({ type: 'video', file })).rejects.toMatchObject({
      name: expect.stringContaining('TransportError'),
      outcome: 'unknown',
    });
  });
});
