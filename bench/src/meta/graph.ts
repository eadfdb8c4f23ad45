import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createHttpReader } from './http-reader.ts';

/** What Graph says to any call of the bot's: it has what each of them looks for. */
const answer = (id: number): string =>
  `{"id":"100000000000001","name":"Bench","success":true,"recipient_id":"6000000000000000",` +
  `"message_id":"m_${String(id).padStart(12, '0')}","data":[{"id":"1","subscribed_fields":` +
  `["messages","messaging_postbacks","message_echoes","messaging_handovers"]}]}`;
const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer(0).length}\r\n\r\n`;

/**
 * Stands in for Graph: takes each call, answers after a while, and tells its body. As little as HTTP needs, so
 * that what is measured has the machine to itself: one request of a connection at a time, each with a
 * `content-length`.
 */
export async function startGraph(options: {
  /** How long each answer takes, in milliseconds. */
  readonly latencyMs: () => number;
  readonly onBody: (body: string) => void;
}): Promise<{ readonly url: string; readonly server: Server }> {
  const { latencyMs, onBody } = options;
  let answers = 0;
  const server = createServer({ noDelay: true }, (socket: Socket) => {
    const read = createHttpReader((_, body) => {
      onBody(body.toString('utf8'));
      const waitMs = latencyMs();
      const bytes = `${head}${answer((answers += 1))}`;
      if (waitMs === 0) socket.write(bytes);
      else setTimeout(() => socket.write(bytes), waitMs);
    });
    socket.on('data', read).on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', 4_096, resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
