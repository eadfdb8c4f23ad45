import type { PersonEvent } from './event-base.ts';
import { present, readString, readTime } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person agreed to get something, or changed that.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_optins
 */
export interface OptinEvent extends PersonEvent {
  readonly type: 'optin';
  /** Such as `notification_messages`. */
  readonly optinType?: string;
  readonly payload?: string;
  readonly ref?: string;
  readonly title?: string;
  /** Who has it may send to the person: keep it as a secret. */
  readonly notificationToken?: string;
  /** Milliseconds since 1970. */
  readonly tokenExpiresAt?: number;
  readonly tokenStatus?: string;
  readonly notificationStatus?: string;
}

export const readOptin: Reader<OptinEvent> = (optin, { origin, naming }) => ({
  ...origin,
  type: 'optin',
  id: naming.byContent('optin'),
  ...present({
    optinType: readString(optin, 'type'),
    payload: readString(optin, 'payload'),
    ref: readString(optin, 'ref'),
    title: readString(optin, 'title'),
    notificationToken: readString(optin, 'notification_messages_token'),
    tokenExpiresAt: readTime(optin, 'token_expiry_timestamp'),
    tokenStatus: readString(optin, 'user_token_status'),
    notificationStatus: readString(optin, 'notification_messages_status'),
  }),
});
