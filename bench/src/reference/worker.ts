/** The reference design's worker: BullMQ's defaults, one job at a time, the token in the address. */
import axios from 'axios';
import { type Job, Worker } from 'bullmq';

const { GRAPH_API_URL, PAGE_ACCESS_TOKEN, REDIS_URL = '' } = process.env;

interface Event {
  readonly sender: { readonly id: string };
  readonly message?: { readonly text?: string };
}

async function answer({ data: { sender, message } }: Job<Event>): Promise<void> {
  if (message?.text === undefined) return;
  await axios.post(`${GRAPH_API_URL}/v26.0/me/messages?access_token=${PAGE_ACCESS_TOKEN}`, {
    recipient: { id: sender.id },
    message: { text: `Bạn vừa nói: "${message.text}"` },
  });
}

const worker = new Worker<Event>('messages', answer, {
  connection: { url: REDIS_URL },
});
worker.on('failed', (_, error) => {
  throw error;
});
await worker.waitUntilReady();
process.send?.('ready');
process.on('disconnect', () => process.exit());
