import { signDelivery, toMetaJson } from '@bot/graph-client/testing';
import { EmulatorError } from '../errors.ts';
import { createAttempts } from './attempts.ts';
import { createEventLanes, type WaitingEvent } from './event-lanes.ts';
import { EMULATED_APP_ID, entryOf, type WebhookEvent } from './events.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Settings } from '../options.ts';
import { traceId } from '../random.ts';
import type { Records } from '../state/records.ts';
import { createSlots } from './slots.ts';
import type { Delivery } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Transport } from './transport.ts';
import { createWebhookHealth } from './webhook-health.ts';

/** How many attempts go out side by side. */
export const DELIVERIES_AT_ONCE = 64;

interface DeliveriesOptions extends Pick<
  Settings,
  'appSecret' | 'clock' | 'eventsPerDelivery' | 'random' | 'redeliveryDelaysMs' | 'speed'
> {
  readonly store: Store;
  readonly records: Records;
  readonly faults: FaultBook;
  readonly transport: Transport;
}

/**
 * Sends events to the webhook, to those Pages' that subscribed to them: one conversation's one
 * after another, different ones side by side.
 */
export interface Deliveries {
  send(event: WebhookEvent): void;
  /**
   * Sends a delivery's bytes once more, whatever became of it.
   *
   * @throws EmulatorError `NOT_FOUND`
   */
  replay(id: string): Delivery;
  /** Resolves when every delivery was accepted or given up. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Stops all attempts and pauses; resolves when the last one has ended. */
  close(): Promise<void>;
}

/** How long what happened first waits when it is overtaken. */
const OVERTAKEN_MS = 1_000;

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { clock, faults, random, records, store } = options;
  const closing = new AbortController();
  const lanes = createEventLanes();
  const slots = createSlots(DELIVERIES_AT_ONCE, () => pump());
  const running = new Set<Promise<void>>();
  const waiters = new Set<() => void>();
  let isPumping = false;

  const health = createWebhookHealth({
    speed: options.speed,
    onAlert(alert) {
      records.addAlert(alert);
      if (alert.kind !== 'disabled') return;
      store.setSubscription(alert.pageId, undefined);
      store.noteDropped(lanes.drop(alert.pageId).map(({ event }) => event));
    },
  });

  const attempt = createAttempts({ ...options, slots, health, signal: closing.signal });

  /** What is said in one go shares deliveries, so nothing is taken before it is all there. */
  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    queueMicrotask(() => {
      isPumping = false;
      while (!closing.signal.aborted && lanes.hasReady && slots.tryTake()) {
        track(deliver(lanes.take(options.eventsPerDelivery)));
      }
      wakeWhenIdle();
    });
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        if (!closing.signal.aborted) throw error;
      })
      .finally(() => {
        running.delete(tracked);
        wakeWhenIdle();
      });
    running.add(tracked);
  }

  /** What waits when it is closed waits for nothing any more. */
  function isIdle(): boolean {
    return running.size === 0 && (lanes.isEmpty || closing.signal.aborted);
  }

  function wakeWhenIdle(): void {
    if (!isIdle()) return;
    for (const wake of waiters) wake();
    waiters.clear();
  }

  /** Holds a slot when it begins. */
  async function deliver(waiting: readonly WaitingEvent[]): Promise<void> {
    const events = waiting.map(({ event, standby }) => {
      const { pageId, psid, field, mids } = event;
      return { pageId, ...(psid === undefined ? {} : { psid }), field, standby, mids };
    });
    const struck = faults.onDelivery(events);
    const now = clock.now();
    const entry = waiting.map(({ event, standby }) => entryOf(event, standby, now));
    const body = toMetaJson({ object: 'page', entry });
    const fault = struck[0] === undefined ? {} : { fault: struck[0].id };
    const signature = signDelivery(Buffer.from(body), options.appSecret);
    const id = traceId(random);
    const delivery = records.addDelivery({ id, events, body, signature, ...fault });
    const overtaken = struck.find((each) => each.kind === 'overtaken');
    let isDone = false;
    const done = (): void => {
      if (isDone) return;
      isDone = true;
      lanes.done(waiting);
      pump();
    };
    try {
      if (overtaken !== undefined) {
        done();
        slots.give();
        await clock.sleep(overtaken.ms ?? OVERTAKEN_MS, closing.signal);
        await slots.take();
      }
      await attempt(delivery, struck);
    } finally {
      done();
    }
  }

  function isSubscribed(pageId: string, field: string): boolean {
    return store.page(pageId)?.subscribedFields?.includes(field) === true;
  }

  return {
    send(event) {
      if (closing.signal.aborted) return;
      const { always = false, field, pageId, psid } = event;
      const owner = psid === undefined || always ? undefined : store.owner(psid);
      const standby = owner !== undefined && owner !== String(EMULATED_APP_ID);
      if (!isSubscribed(pageId, field) || (standby && !isSubscribed(pageId, 'standby'))) return;
      lanes.add({ event, standby });
      pump();
    },
    replay(id) {
      const { body, events, signature } = records.deliveries.find((each) => each.id === id) ?? {};
      if (body === undefined || events === undefined || signature === undefined) {
        throw new EmulatorError('NOT_FOUND', `No delivery has the id ${JSON.stringify(id)}`);
      }
      const start = { id: traceId(random), events, body, signature, replayOf: id };
      const delivery = records.addDelivery(start);
      track(slots.take().then(() => attempt(delivery, [])));
      return delivery;
    },
    idle(signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      if (isIdle()) return Promise.resolve();
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
      await Promise.all(running);
      wakeWhenIdle();
    },
  };
}
