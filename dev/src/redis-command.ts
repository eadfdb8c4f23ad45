import { createConnection } from 'node:net';

/** Where a Redis of this machine listens. */
export interface RedisAddress {
  readonly port: number;
  readonly password: string;
}

const TIMEOUT_MS = 1_000;

/** One command in RESP, the protocol of redis.io/docs/latest/develop/reference/protocol-spec. */
function encode(words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}

/**
 * Whether the server answers a PING: it accepts the password and has loaded its data. False as
 * well when nobody listens there; no error.
 */
export function answersPing({ port, password }: RedisAddress): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createConnection({ host: '127.0.0.1', port });
  let answer = '';
  socket.setEncoding('utf8').setTimeout(TIMEOUT_MS, () => socket.destroy());
  socket.on('connect', () => socket.write(encode(['AUTH', password]) + encode(['PING'])));
  socket.on('data', (text: string) => {
    answer += text;
    if (answer.split('\r\n').length > 2) socket.destroy();
  });
  socket.on('error', () => {});
  socket.on('close', () => resolve(answer === '+OK\r\n+PONG\r\n'));
  return promise;
}
