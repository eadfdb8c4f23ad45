const END_OF_HEAD = '\r\n\r\n';

/** Reads requests or answers off a connection, each with a `content-length`; what is left waits for more. */
export function createHttpReader(
  onMessage: (firstLine: string, body: Buffer) => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const endOfHead = rest.indexOf(END_OF_HEAD);
      if (endOfHead < 0) return;
      const head = rest.toString('latin1', 0, endOfHead);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const end = endOfHead + END_OF_HEAD.length + length;
      if (rest.length < end) return;
      const body = rest.subarray(end - length, end);
      rest = rest.subarray(end);
      onMessage(head.slice(0, head.indexOf('\r\n')), body);
    }
  };
}
