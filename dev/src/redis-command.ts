import { createConnection } from 'node:net';
import { connect } from 'node:tls';

/** Where a Redis of this machine listens. */
export interface RedisAddress {
  readonly port: number;
  readonly password: string;
  /** PEM of the certificate to trust; the server speaks TLS when there is one. */
  readonly certificate?: string | undefined;
}

const TIMEOUT_MS = 1_000;

/** One command in RESP, the protocol of redis.io/docs/latest/develop/reference/protocol-spec. */
function encode(words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}

/** The replies that have arrived whole: lines and texts, errors with their `-`. No lists. */
function decode(bytes: string): string[] {
  const replies: string[] = [];
  for (let start = 0; ;) {
    const stop = bytes.indexOf('\r\n', start);
    if (stop < 0) return replies;
    const line = bytes.slice(start, stop);
    start = stop + 2;
    if (line.startsWith('$')) {
      const end = start + Number(line.slice(1));
      if (bytes.length < end + 2) return replies;
      replies.push(bytes.slice(start, end));
      start = end + 2;
    } else {
      replies.push(line.startsWith('-') ? line : line.slice(1));
    }
  }
}

/**
 * Sends one command and answers the reply, which must be no list.
 *
 * @throws when nobody listens there, the password is refused, the server answers with an error,
 * or does not answer within a second.
 */
export async function askRedis(address: RedisAddress, ...words: string[]): Promise<string> {
  const { port, password, certificate } = address;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const where = { host: '127.0.0.1', port };
  const socket =
    certificate === undefined ? createConnection(where) : connect({ ...where, ca: certificate });
  let bytes = '';
  // One character a byte, so that lengths can be counted.
  socket.setEncoding('latin1').setTimeout(TIMEOUT_MS, () => socket.destroy());
  socket.write(encode(['AUTH', password]) + encode(words));
  socket.on('data', (text: string) => {
    bytes += text;
    if (decode(bytes).length > 1) socket.destroy();
  });
  socket.on('error', reject);
  socket.on('close', () => resolve());
  await promise;
  const [welcome, reply] = decode(bytes);
  const refusal = [welcome, reply].find((each) => each?.startsWith('-'));
  if (refusal !== undefined) throw new Error(`Redis refused ${words[0]}: ${refusal.slice(1)}`);
  if (reply === undefined) throw new Error(`Redis did not answer ${words[0]}.`);
  return reply;
}

/**
 * Whether the server answers a PING: it accepts the password and has loaded its data. False as
 * well when nobody listens there; no error.
 */
export async function answersPing(address: RedisAddress): Promise<boolean> {
  return (await askRedis(address, 'PING').catch(() => undefined)) === 'PONG';
}
