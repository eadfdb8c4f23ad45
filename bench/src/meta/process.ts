/** Meta in a process of its own: sends signed deliveries, answers Graph calls, and keeps the time. */
import { createHmac } from 'node:crypto';
import { createHttpClient } from './http-client.ts';
import { startGraph } from './graph.ts';
import type { Latency, Load, Outcome } from './load.ts';

const pageId = '100000000000001';
/** A delivery that is due waits for another's answer only while so many are under way. */
const connections = 256;

let graphMs = 0;
let onReply: (message: number) => void = () => {};
const graph = await startGraph({
  latencyMs: () => graphMs,
  onBody(body) {
    const [, message] = /xin chào (\d+)/.exec(body) ?? [];
    if (message !== undefined) onReply(Number(message));
  },
});
process.send?.(graph.url);

process.on('message', (order: { webhookUrl: string; appSecret: string; load: Load }) => {
  void run(order.webhookUrl, order.appSecret, order.load).then((outcome) =>
    process.send?.(outcome),
  );
});
process.on('disconnect', () => process.exit());

let messageId = 0;

async function run(webhookUrl: string, appSecret: string, load: Load): Promise<Outcome> {
  const { messages, people, rate, unanswered = messages, eventsPerDelivery = 1 } = load;
  const { withoutReplies = false } = load;
  graphMs = load.graphMs ?? 0;
  const client = createHttpClient(webhookUrl, connections);
  const first = messageId;
  messageId += messages;
  const dueAt = new Float64Array(messages);
  const [acks, replies]: [number[], number[]] = [[], []];
  const seen = new Uint8Array(messages);
  let [sent, settled, refused, repeated] = [0, 0, 0, 0];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const settle = (events: number): void => {
    settled += events;
    if (settled >= messages) resolve();
    else if (rate === undefined) sendMore();
  };
  onReply = (message) => {
    const index = message - first;
    if (index < 0 || index >= messages) return;
    if (seen[index] === 1) {
      repeated += 1;
      return;
    }
    seen[index] = 1;
    replies.push(performance.now() - (dueAt[index] ?? 0));
    settle(1);
  };

  function deliver(due: number): void {
    const count = Math.min(eventsPerDelivery, messages - sent);
    const events: string[] = [];
    for (let each = 0; each < count; each += 1, sent += 1) {
      dueAt[sent] = due;
      events.push(eventOf(first + sent, `6${String(sent % people).padStart(15, '0')}`));
    }
    const body = `{"object":"page","entry":[{"id":"${pageId}","time":${Date.now()},"messaging":[${events.join()}]}]}`;
    const signature = createHmac('sha256', appSecret).update(body).digest('hex');
    client.post(`x-hub-signature-256: sha256=${signature}\r\n`, body, (status) => {
      if (status === 200) acks.push(performance.now() - due);
      else refused += 1;
      // Nobody replies to what was refused, and here it is not delivered again.
      if (withoutReplies || status !== 200) settle(count);
    });
  }
  function sendMore(): void {
    while (sent < messages && sent - settled < unanswered) deliver(performance.now());
  }

  const begun = performance.now();
  if (rate === undefined) sendMore();
  else {
    const stepMs = (1_000 * eventsPerDelivery) / rate;
    let due = begun;
    const timer = setInterval(() => {
      for (const now = performance.now(); due <= now && sent < messages; due += stepMs)
        deliver(due);
      if (sent >= messages) clearInterval(timer);
    }, 1);
  }
  await done;
  const seconds = (performance.now() - begun) / 1_000;
  client.close();
  return { seconds, ack: latencyOf(acks), reply: latencyOf(replies), refused, repeated };
}

function eventOf(message: number, person: string): string {
  const mid = `m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_${process.pid}_${message}`;
  return `{"sender":{"id":"${person}"},"recipient":{"id":"${pageId}"},"timestamp":${Date.now()},"message":{"mid":"${mid}","text":"xin chào ${message}"}}`;
}

function latencyOf(values: number[]): Latency {
  const sorted = Float64Array.from(values).toSorted();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}
