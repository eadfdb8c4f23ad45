import { expect, it } from 'vitest';
import { createMessageReader } from './wire-messages.ts';

const hello = [0, 0, 0, 9, 0, 3, 0, 0, 0];
const query = [81, 0, 0, 0, 6, 65, 0];
const goodbye = [88, 0, 0, 0, 4];
const all = new Uint8Array([...hello, ...query, ...goodbye, ...query]);

it('cuts what a client writes into messages, however it arrives, and leaves out its goodbye', () => {
  for (const size of [1, 3, 10, all.length]) {
    const read = createMessageReader();
    const messages: number[][] = [];
    for (let first = 0; first < all.length; first += size) {
      messages.push(
        ...read(all.subarray(first, first + size)).map((message) => Array.from(message)),
      );
    }
    expect(messages).toEqual([hello, query, query]);
  }
});
