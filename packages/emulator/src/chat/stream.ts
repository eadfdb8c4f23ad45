import type { ServerResponse } from 'node:http';

/** The open chat pages; what is sent goes to all of them as server-sent events. */
export interface Streams {
  /** Takes over the response and begins with this first event. */
  open(response: ServerResponse, name: string, data: unknown): void;
  send(name: string, data: unknown): void;
  readonly size: number;
  close(): void;
}

/** A page that reads this slowly is cut off; it comes back by itself and starts afresh. */
const BUFFER_BYTES = 4 * 1024 * 1024;

export function createStreams(): Streams {
  const open = new Set<ServerResponse>();
  return {
    open(response, name, data) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: 1000\n\n${frame(name, data)}`);
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    send(name, data) {
      if (open.size === 0) return;
      const bytes = frame(name, data);
      for (const response of open) {
        if (response.writableLength > BUFFER_BYTES) response.destroy();
        else response.write(bytes);
      }
    },
    get size() {
      return open.size;
    },
    close() {
      for (const response of open) response.end();
      open.clear();
    },
  };
}

/** JSON has no line breaks of its own, so one data line is enough. */
function frame(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
