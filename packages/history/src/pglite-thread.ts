/** A thread with PostgreSQL in it: each port that it is sent is a client, one after another. */
import { mkdir } from 'node:fs/promises';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { createMessageReader } from './wire-messages.ts';

const folder = workerData as string;
// PGlite itself makes the last folder of a path only.
if (!folder.startsWith('memory:')) await mkdir(folder, { recursive: true });
const database = await PGlite.create({ dataDir: folder });
let tail: Promise<void> = Promise.resolve();

/** It takes one message at a time. */
function inTurn(run: () => Promise<void>): void {
  const before = tail;
  tail = (async () => {
    await before;
    await run();
  })();
}

function serve(client: MessagePort): void {
  const read = createMessageReader();
  client.on('message', (bytes: Uint8Array) =>
    inTurn(async () => {
      for (const message of read(bytes)) {
        const answer = await database.execProtocolRaw(message);
        if (answer.length > 0) client.postMessage(answer, []);
      }
    }),
  );
  client.postMessage('ready', []);
}

parentPort?.on('message', (client: MessagePort | 'close') =>
  inTurn(async () => {
    if (client === 'close') {
      await database.close();
      parentPort?.close();
      return;
    }
    // The client before may have gone in the middle of a transaction.
    await database.exec('rollback');
    serve(client);
  }),
);
