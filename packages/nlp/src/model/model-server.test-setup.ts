import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the model server got it. */
export interface ServerRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
    readonly tools?: unknown;
    readonly max_tokens: number;
  };
}

export type Respond = (response: ServerResponse, request: ServerRequest) => void;

/** A server on this machine that speaks OpenAI's chat completions, as well as it is told to. */
export interface ModelServer {
  readonly url: string;
  readonly requests: readonly ServerRequest[];
  /** Requests whose answer has not ended, and whose connection is there. */
  readonly open: number;
  /** From now on requests are answered like this, one after another, and the last for ever. */
  respond(...how: readonly Respond[]): void;
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const requests: ServerRequest[] = [];
  let responses: Respond[] = [];
  let open = 0;
  const server = createServer((incoming, response) => {
    open += 1;
    response.on('close', () => (open -= 1));
    void answer(incoming, response);
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    requests.push(request);
    const respond = responses.length > 1 ? responses.shift() : responses[0];
    respond?.(response, request);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    get open() {
      return open;
    },
    respond(...how) {
      responses = [...how];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<ServerRequest> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  const { url: path = '', headers } = incoming;
  return { path, authorization: headers.authorization, body: JSON.parse(text) as never };
}

/** A completion as OpenAI writes it. */
export function completion(said: unknown): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_764_000_000,
    model: 'test',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: typeof said === 'string' ? said : JSON.stringify(said),
        },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 200, completion_tokens: 30, total_tokens: 230 },
  });
}

export const json =
  (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Respond =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
