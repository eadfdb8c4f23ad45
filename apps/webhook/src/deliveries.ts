import {
  parseDelivery,
  verifySignature,
  type EchoEvent,
  type WebhookEvent,
} from '@bot/graph-client/webhook';
import { QueueError, type AddOutcome, type Queue, type QueueEvent } from '@bot/queue';

/** What becomes of a delivery: the answer to Meta, and what to write down about it. */
export type Outcome =
  | { readonly status: 200; readonly events: readonly Received[] }
  | { readonly status: 200; readonly malformed: string }
  | { readonly status: 401 }
  | { readonly status: 503; readonly error: QueueError };

export interface Received extends Pick<QueueEvent, 'id' | 'lane' | 'trace'> {
  readonly type: WebhookEvent['type'];
  readonly outcome: AddOutcome;
}

/** What a delivery needs of the queue. */
export interface DeliveryQueue extends Pick<Queue, 'confirmStep'> {
  add(events: readonly QueueEvent[]): Promise<AddOutcome[]>;
}

export interface DeliveryOptions {
  readonly appSecrets: readonly string[];
  readonly queue: DeliveryQueue;
  /** What the delivery is part of; its events carry it on. */
  readonly trace?: string | undefined;
}

/**
 * Takes one delivery: verify the bytes, parse them, add each event to its conversation's lane,
 * confirm the steps whose echoes are among them, answer 200 once all that is done, 503 if the queue
 * refuses.
 *
 * A signed delivery that is no JSON gets 200 as well: Meta would send the same bytes again for
 * hours and then turn the webhook off.
 */
export async function receiveDelivery(
  body: Uint8Array,
  signature: string | undefined,
  { appSecrets, queue, trace }: DeliveryOptions,
): Promise<Outcome> {
  if (!verifySignature({ body, header: signature, secrets: appSecrets })) return { status: 401 };
  const delivery = parseDelivery(body);
  if (delivery.kind === 'malformed') return { status: 200, malformed: delivery.reason };
  const events = delivery.events.map((data) => toQueueEvent(data, trace));
  try {
    const [outcomes] = await Promise.all([
      queue.add(events),
      ...delivery.events.filter(isEcho).map((echo) => confirmStep(echo, queue)),
    ]);
    const received = delivery.events.map(({ type, id }, index): Received => {
      const lane = events[index]?.lane ?? '';
      return { id, lane, trace, type, outcome: outcomes[index] ?? 'duplicate' };
    });
    return { status: 200, events: received };
  } catch (error) {
    if (error instanceof QueueError) return { status: 503, error };
    throw error;
  }
}

/** An echo with a step's id in its metadata shows that the step's message arrived. */
async function confirmStep(echo: EchoEvent, queue: DeliveryQueue): Promise<void> {
  if (echo.metadata === undefined) return;
  const result = { messageId: echo.mid };
  await queue.confirmStep({ lane: laneOf(echo), stepId: echo.metadata, result });
}

const isEcho = (event: WebhookEvent): event is EchoEvent => event.type === 'echo';

function toQueueEvent(event: WebhookEvent, trace: string | undefined): QueueEvent {
  return { id: event.id, lane: laneOf(event), timestamp: event.timestamp, data: event, trace };
}

/** Each conversation has its lane; what concerns no person has the Page's own. */
function laneOf({ pageId, psid }: WebhookEvent): string {
  return `${pageId}:${psid ?? 'page'}`;
}
