import { signDelivery, toMetaJson } from '@bot/graph-client/testing';
import type { Clock } from './clock.ts';
import { envelope, type MessagingEvent } from './events.ts';
import { type Random, traceId } from './random.ts';
import { createSlots } from './slots.ts';
import type { Delivery, DeliveryAttempt } from './state.ts';
import type { Store } from './store.ts';
import type { Transport } from './transport.ts';

/** How many attempts go out side by side. */
export const DELIVERIES_AT_ONCE = 64;

interface DeliveriesOptions {
  readonly pageId: string;
  readonly appSecret: string;
  readonly redeliveryDelaysMs: readonly number[];
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly transport: Transport;
}

/** Sends events to the webhook: one person's one after another, different people's side by side. */
export interface Deliveries {
  send(start: Pick<Delivery, 'psid' | 'event' | 'mids'>, event: MessagingEvent): void;
  /** Resolves when every delivery was accepted or given up. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Stops all attempts and pauses; resolves when the last one has ended. */
  close(): Promise<void>;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { appSecret, clock, random, redeliveryDelaysMs, store, transport } = options;
  const closing = new AbortController();
  const slots = createSlots(DELIVERIES_AT_ONCE);
  const tails = new Map<string, Promise<void>>();
  const waiters = new Set<() => void>();

  async function attempt(body: Buffer, headers: Record<string, string>): Promise<DeliveryAttempt> {
    const at = clock.now();
    const answer = await transport.post(body, headers, closing.signal);
    const ms = clock.now() - at;
    return answer.kind === 'answer'
      ? { status: answer.status, ms, at }
      : { status: 0, ms, at, error: answer.error };
  }

  async function deliver(delivery: Delivery, body: Buffer): Promise<void> {
    // Made once: a redelivery carries the same bytes.
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature-256': signDelivery(body, appSecret),
    };
    for (const delayMs of [undefined, ...redeliveryDelaysMs]) {
      if (delayMs !== undefined) await clock.sleep(delayMs, closing.signal);
      const result = await slots.run(() => attempt(body, headers));
      closing.signal.throwIfAborted();
      store.addAttempt(delivery, result, delivery.attempts.length === redeliveryDelaysMs.length);
      if (delivery.done) return;
    }
  }

  async function runAfter(tail: Promise<void>, delivery: Delivery, body: Buffer): Promise<void> {
    await tail;
    if (closing.signal.aborted) return;
    try {
      await deliver(delivery, body);
    } catch (error) {
      if (!closing.signal.aborted) throw error;
    }
  }

  return {
    send(start, event) {
      if (closing.signal.aborted) return;
      const { psid } = start;
      const delivery = store.addDelivery({ id: traceId(random), ...start });
      const body = Buffer.from(toMetaJson(envelope(options.pageId, event, clock.now())));
      const tail = runAfter(tails.get(psid) ?? Promise.resolve(), delivery, body).finally(() => {
        if (tails.get(psid) !== tail) return;
        tails.delete(psid);
        if (tails.size > 0) return;
        for (const wake of waiters) wake();
        waiters.clear();
      });
      tails.set(psid, tail);
    },
    idle(signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      if (tails.size === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          waiters.delete(wake);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        waiters.add(wake);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    async close() {
      closing.abort(new Error('The emulator was closed'));
      await Promise.all(tails.values());
    },
  };
}
