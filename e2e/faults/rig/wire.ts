import type { Socket } from 'node:net';

/** Sends one message as a line of JSON; those of the same tick share a write. */
export function sendLine(socket: Socket, message: object): void {
  if (socket.writableCorked === 0) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  socket.write(`${JSON.stringify(message)}\n`);
}

/** Tells of each message that arrives whole; one that its sender's death cut off is dropped. */
export function onLines(socket: Socket, listen: (message: unknown) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) listen(JSON.parse(line) as unknown);
  });
}
