import { connect, type Socket } from 'node:net';
import { createHttpReader } from './http-reader.ts';

/** Posts bodies over a few lasting connections, one at a time on each; the others wait their turn. */
export interface HttpClient {
  /** `onAnswer` is told the status. */
  post(head: string, body: string, onAnswer: (status: number) => void): void;
  close(): void;
}

interface Post {
  readonly bytes: string;
  readonly onAnswer: (status: number) => void;
}

export function createHttpClient(url: string, connections: number): HttpClient {
  const { hostname, port, pathname } = new URL(url);
  const first = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n`;
  const waiting: Post[] = [];
  const idle: Line[] = [];
  const lines: Line[] = [];

  class Line {
    readonly #socket: Socket;
    #current: Post | undefined;

    constructor() {
      const read = createHttpReader((line) => {
        const { onAnswer } = this.#current ?? {};
        this.#current = undefined;
        const next = waiting.shift();
        if (next === undefined) idle.push(this);
        else this.send(next);
        onAnswer?.(Number(line.split(' ')[1]));
      });
      this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
      this.#socket.on('data', read).on('error', (error) => {
        throw error;
      });
    }

    send(post: Post): void {
      this.#current = post;
      this.#socket.write(post.bytes);
    }

    close(): void {
      this.#socket.destroy();
    }
  }

  return {
    post(head, body, onAnswer) {
      const bytes = `${first}${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      const post = { bytes, onAnswer };
      const line = idle.pop();
      if (line !== undefined) line.send(post);
      else if (lines.length < connections) {
        const opened = new Line();
        lines.push(opened);
        opened.send(post);
      } else waiting.push(post);
    },
    close() {
      for (const line of lines) line.close();
    },
  };
}
