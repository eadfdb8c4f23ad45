import { EmulatorError } from '../errors.ts';
import type { DeliveredEvent } from '../state/state.ts';
import { webhookFields } from './webhook-fields.ts';

/** The app that the emulator's Pages are connected to: the `app_id` of echoes. */
export const EMULATED_APP_ID = 704_215_938_846_173;

/** The app of a Page's inbox, where people answer (Meta's Conversation Routing page, 2025-09-24). */
export const PAGE_INBOX_APP_ID = 263_902_037_430_900;

/** One element of `entry[].messaging[]`, or one change's value. */
export type MessagingEvent = Readonly<Record<string, unknown>>;

/** What the webhook is told, before it is known whether it is subscribed to it. */
export interface WebhookEvent extends Omit<DeliveredEvent, 'standby'> {
  readonly value: MessagingEvent;
  /** Goes into `entry[].changes[]`. Default: into `messaging`, or into `standby`. */
  readonly isChange?: boolean;
  /** Is told in `messaging` whoever has the conversation. */
  readonly always?: boolean;
}

/** Who talks to whom, and where the emulator's own pictures are. */
export interface EventContext {
  readonly pageId: string;
  readonly psid: string;
  /** The emulator's address, without a slash at the end. */
  readonly origin: string;
}

/** Sender and recipient of what a person does. */
export function fromPerson({ psid, pageId }: EventContext): MessagingEvent {
  return { sender: { id: psid }, recipient: { id: pageId } };
}

/**
 * What somebody's test says of an event, as it is now.
 *
 * @throws EmulatorError `INVALID_EVENT` for what JSON has no words for.
 */
export function toldAs(value: MessagingEvent): MessagingEvent {
  try {
    return JSON.parse(JSON.stringify(value)) as MessagingEvent;
  } catch (error) {
    throw new EmulatorError('INVALID_EVENT', 'An event must be plain data, as JSON', {
      cause: error,
    });
  }
}

/** @throws EmulatorError `INVALID_EVENT` */
export function requireFields(fields: readonly string[]): void {
  const strange = fields.find((field) => !webhookFields.includes(field));
  if (strange === undefined) return;
  const rule = `No webhook field of Pages is called ${JSON.stringify(strange)}`;
  throw new EmulatorError('INVALID_EVENT', `${rule}: see webhookFields`);
}

/** The entry of a delivery for one event: Meta's page says that `messaging` has only one. */
export function entryOf(event: WebhookEvent, standby: boolean, time: number): MessagingEvent {
  const { pageId: id, field, value } = event;
  if (event.isChange === true) return { id, time, changes: [{ field, value }] };
  return standby
    ? { id, time, standby: [withoutPayload(value)] }
    : { id, time, messaging: [value] };
}

/** What a button gives back is for the app that sent it (messaging_postbacks page). */
function withoutPayload(value: MessagingEvent): MessagingEvent {
  const { postback } = value;
  if (typeof postback !== 'object' || postback === null) return value;
  return { ...value, postback: { ...postback, payload: undefined } };
}
