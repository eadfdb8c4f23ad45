/** The reference design's webhook: no signature, a job for each event, added one by one. */
import type { AddressInfo } from 'node:net';
import bodyParser from 'body-parser';
import { Queue } from 'bullmq';
import express from 'express';

const { REDIS_URL = '' } = process.env;
const queue = new Queue('messages', { connection: { url: REDIS_URL } });

interface Delivery {
  readonly entry: readonly { readonly messaging: readonly object[] }[];
}

const app = express();
app.use(bodyParser.json());
app.post('/webhook', (request, response) => {
  void addAll(request.body as Delivery).then(() => response.status(200).send('EVENT_RECEIVED'));
});

async function addAll({ entry }: Delivery): Promise<void> {
  for (const { messaging } of entry) {
    for (const event of messaging) await queue.add('message', event);
  }
}

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`);
});
process.on('disconnect', () => process.exit());
