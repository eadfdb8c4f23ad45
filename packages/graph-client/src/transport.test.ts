import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { TransportError } from './errors.ts';
import { createTransport } from './transport.ts';
import type { Transport, TransportOptions, TransportRequest } from './transport.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) {
          server.closeAllConnections();
        }
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(listener: RequestListener): Promise<string> {
  return listen(createServer(listener));
}

function transportWith(options?: TransportOptions): Transport {
  const transport = createTransport(options);
  open.push(transport);
  return transport;
}

function post(origin: string, signal = new AbortController().signal): TransportRequest {
  return {
    method: 'POST',
    origin,
    path: '/v26.0/me/messages?appsecret_proof=abc123',
    headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
    body: '{"message":{"text":"Bạn vừa nói"}}',
    signal,
  };
}

async function failure(call: Promise<unknown>): Promise<TransportError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (!(outcome instanceof TransportError)) {
    throw new Error('expected a TransportError', { cause: outcome });
  }
  return outcome;
}

describe('the transport', () => {
  it('sends the bytes as they are and reads the whole answer', async () => {
    let received = '';
    const origin = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => (received += part));
      request.on('end', () => {
        received += ` ${request.method} ${request.url} ${request.headers.authorization}`;
        response.writeHead(400, { 'x-app-usage': '{}' }).end('{"ữ":1}');
      });
    });
    const answer = await transportWith().request(post(origin));
    expect(answer).toMatchObject({ status: 400, text: '{"ữ":1}' });
    expect(answer.headers['x-app-usage']).toBe('{}');
    expect(received).toBe(
      '{"message":{"text":"Bạn vừa nói"}} POST /v26.0/me/messages?appsecret_proof=abc123 Bearer secret-token',
    );
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const server = createServer();
    const origin = await listen(server);
    await new Promise((resolve) => server.close(resolve));

    const error = await failure(transportWith().request(post(origin)));
    expect(error).toMatchObject({
      reason: 'connect',
      code: 'ECONNREFUSED',
      outcome: 'not-executed',
    });
    expect(error.message).toContain(`POST ${origin}/v26.0/me/messages`);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/abc123|secret-token|vừa nói/);
  });

  it('knows that nothing was sent when the name does not exist', async () => {
    const error = await failure(transportWith().request(post('http://graph.invalid')));
    expect(error).toMatchObject({ reason: 'connect', outcome: 'not-executed' });
    expect(error.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it('knows that nothing was sent when TLS fails', async () => {
    const origin = await serve((_request, response) => response.end());
    const error = await failure(transportWith().request(post(origin.replace('http:', 'https:'))));
    expect(error).toMatchObject({ reason: 'connect', outcome: 'not-executed' });
  });

  it('does not know when the connection is reset before the answer', async () => {
    const origin = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {}).once('data', () => socket.resetAndDestroy());
      }),
    );
    expect(await failure(transportWith().request(post(origin)))).toMatchObject({
      reason: 'interrupted',
      outcome: 'unknown',
    });
  });

  it('does not know when the connection ends in the middle of the answer', async () => {
    const origin = await listen(
      createTcpServer((socket) => {
        socket
          .on('error', () => {})
          .once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"mess'));
      }),
    );
    expect(await failure(transportWith().request(post(origin)))).toMatchObject({
      reason: expect.stringMatching(/interrupted|bad-response/),
      outcome: 'unknown',
    });
  });

  it('sends once and once only, whatever happens to the connection', async () => {
    let requests = 0;
    const origin = await serve((request) => {
      requests += 1;
      request.socket.destroy();
    });
    await failure(transportWith().request(post(origin)));
    expect(requests).toBe(1);
  });

  it('gives up a server that stays silent', async () => {
    const origin = await serve(() => {});
    const transport = transportWith({ silenceTimeoutMs: 50 });
    expect(await failure(transport.request(post(origin)))).toMatchObject({
      reason: 'timeout',
      code: 'UND_ERR_HEADERS_TIMEOUT',
      outcome: 'unknown',
    });
  });

  it('gives up a body that stops half way', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"mess');
    });
    const transport = transportWith({ silenceTimeoutMs: 50 });
    expect(await failure(transport.request(post(origin)))).toMatchObject({
      reason: 'timeout',
      code: 'UND_ERR_BODY_TIMEOUT',
      outcome: 'unknown',
    });
  });

  it('does not read an answer without end', async () => {
    const origin = await serve((_request, response) => {
      response.end('x'.repeat(2_000));
    });
    const transport = transportWith({ maxResponseBytes: 1_000 });
    expect(await failure(transport.request(post(origin)))).toMatchObject({
      reason: 'bad-response',
      outcome: 'unknown',
    });
  });

  it('takes what is not HTTP for a bad response', async () => {
    const origin = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {}).once('data', () => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
      }),
    );
    expect(await failure(transportWith().request(post(origin)))).toMatchObject({
      reason: 'bad-response',
      outcome: 'unknown',
    });
  });

  it('does not know what became of a request that was given up after it was written', async () => {
    const controller = new AbortController();
    const origin = await serve(() => controller.abort());
    expect(await failure(transportWith().request(post(origin, controller.signal)))).toMatchObject({
      reason: 'aborted',
      outcome: 'unknown',
    });
  });

  it('knows that a request given up while it waited for a connection was never sent', async () => {
    let requests = 0;
    let arrived = (): void => {};
    const first = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let answer = (): void => {};
    const origin = await serve((_request, response) => {
      requests += 1;
      answer = () => response.end('{}');
      arrived();
    });
    const transport = transportWith({ connections: 1 });
    const holding = transport.request(post(origin));
    await first;

    const controller = new AbortController();
    const waiting = failure(transport.request(post(origin, controller.signal)));
    controller.abort(new DOMException('late', 'TimeoutError'));
    // It settles at once, although the only connection is still taken.
    expect(await waiting).toMatchObject({ reason: 'timeout', outcome: 'not-executed' });

    answer();
    await holding;
    await transport.close();
    expect(requests).toBe(1);
  });

  it('keeps connections for the next requests', async () => {
    const ports = new Set<number | undefined>();
    const origin = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const transport = transportWith();
    for (let turn = 0; turn < 10; turn += 1) {
      await transport.request(post(origin));
    }
    // Two: undici frees a connection only in the next turn of the event loop.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('opens no more connections than it may', async () => {
    const ports = new Set<number | undefined>();
    const origin = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      setImmediate(() => response.end('{}'));
    });
    const transport = transportWith({ connections: 3 });
    await Promise.all(Array.from({ length: 30 }, () => transport.request(post(origin))));
    expect(ports.size).toBe(3);
  });

  it('lets requests under way finish when it closes, and takes no new one', async () => {
    let answer = (): void => {};
    const arrived = new Promise<string>((resolve, reject) => {
      serve((_request, response) => {
        answer = () => response.end('{"ok":true}');
        resolve('');
      }).then((origin) => begin(origin), reject);
    });
    const transport = transportWith();
    let underWay: Promise<{ text: string }> | undefined;
    let target = '';
    const begin = (origin: string): void => {
      target = origin;
      underWay = transport.request(post(origin));
    };
    await arrived;

    const closed = transport.close();
    expect(await failure(transport.request(post(target)))).toMatchObject({
      reason: 'aborted',
      outcome: 'not-executed',
    });
    answer();
    expect((await underWay)?.text).toBe('{"ok":true}');
    await closed;
    await transport.close();
  });
});
