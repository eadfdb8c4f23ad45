import { createHmac } from 'node:crypto';
import type { Struck } from '../faults/fault-book.ts';
import type { DeliveryFault } from '../faults/faults.ts';
import type { Settings } from '../options.ts';
import type { Records } from '../state/records.ts';
import type { Delivery, DeliveryAttempt } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Slots } from './slots.ts';
import type { Transport } from './transport.ts';
import type { WebhookHealth } from './webhook-health.ts';

interface AttemptOptions extends Pick<
  Settings,
  'appSecret' | 'clock' | 'redeliveryDelaysMs' | 'speed'
> {
  readonly store: Store;
  readonly records: Records;
  readonly transport: Transport;
  readonly slots: Slots;
  readonly health: WebhookHealth;
  /** Aborted: no further attempt, no further pause. */
  readonly signal: AbortSignal;
}

/**
 * Posts a delivery until the webhook takes it, with Meta's pauses in between. The slot that it begins
 * with is the caller's and is given back; in pauses it holds none.
 */
export type Attempts = (
  delivery: Delivery,
  struck: readonly Struck<DeliveryFault>[],
) => Promise<void>;

export function createAttempts(options: AttemptOptions): Attempts {
  const { clock, health, records, redeliveryDelaysMs, signal, slots, store, transport } = options;

  async function run(delivery: Delivery, struck: readonly Struck<DeliveryFault>[]): Promise<void> {
    const pageIds = [...new Set(delivery.events.map(({ pageId }) => pageId))];
    let isLost = struck.some(({ kind }) => kind === 'answer-lost');
    for (const [index, delayMs] of [undefined, ...redeliveryDelaysMs].entries()) {
      if (delayMs !== undefined) {
        if (gaveUp(delivery, pageIds)) break;
        await clock.sleep(delayMs / options.speed, signal);
        if (gaveUp(delivery, pageIds)) break;
        await slots.take();
      }
      const attempt = await post(delivery).finally(() => slots.give());
      signal.throwIfAborted();
      note(delivery, pageIds, isLost ? lost(attempt) : attempt, index);
      isLost = false;
      if (delivery.done || signal.aborted) break;
    }
    if (delivery.accepted && struck.some(({ kind }) => kind === 'duplicate')) {
      await slots.take();
      const again = await post(delivery).finally(() => slots.give());
      signal.throwIfAborted();
      note(delivery, pageIds, again, 0);
    }
  }

  /** True when no Page of the delivery's is subscribed any more. */
  function gaveUp(delivery: Delivery, pageIds: readonly string[]): boolean {
    if (pageIds.some(hasSubscription)) return false;
    records.giveUp(delivery);
    store.noteAttempt(delivery, delivery.attempts.at(-1)?.status ?? 0);
    return true;
  }

  function note(
    delivery: Delivery,
    pageIds: readonly string[],
    attempt: DeliveryAttempt,
    index: number,
  ): void {
    records.addAttempt(delivery, attempt, index === redeliveryDelaysMs.length);
    store.noteAttempt(delivery, attempt.status);
    health.note(pageIds.filter(hasSubscription), attempt.status === 200, clock.now());
  }

  async function post({ body, signature }: Delivery): Promise<DeliveryAttempt> {
    const at = clock.now();
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature-256': signature,
      'x-hub-signature': legacySignature(body, options.appSecret),
    };
    const answer = await transport.post(body, headers, signal);
    const ms = clock.now() - at;
    return answer.kind === 'answer'
      ? { status: answer.status, ms, at }
      : { status: 0, ms, at, error: answer.error };
  }

  function hasSubscription(pageId: string): boolean {
    return store.page(pageId)?.subscribedFields !== undefined;
  }

  return run;
}

/** What Meta signed with until 2022; bots of that age check nothing else. */
function legacySignature(body: string, appSecret: string): string {
  return `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`;
}

/** The webhook took it, and Meta never heard of it. */
function lost({ at, ms, status }: DeliveryAttempt): DeliveryAttempt {
  return status === 200 ? { status: 0, at, ms, error: 'ANSWER_LOST' } : { status, at, ms };
}
