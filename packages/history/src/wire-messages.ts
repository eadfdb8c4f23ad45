/**
 * Cuts what a client of PostgreSQL writes into its messages. The first has no letter before its
 * length; a goodbye is left out, since the server goes on without its client.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function createMessageReader(): (bytes: Uint8Array) => Uint8Array[] {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const messages: Uint8Array[] = [];
    for (;;) {
      const letters = isFirst ? 0 : 1;
      if (rest.length < letters + 4) return messages;
      const length = letters + rest.readInt32BE(letters);
      if (rest.length < length) return messages;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (isFirst || message[0] !== GOODBYE) messages.push(new Uint8Array(message));
      isFirst = false;
    }
  };
}

const GOODBYE = 'X'.charCodeAt(0);
