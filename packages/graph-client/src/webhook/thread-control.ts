import type { PersonEvent } from './event-base.ts';
import { present, readField, readId, readString } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * Which app answers the person changed, or another app asks for it.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_handovers
 */
export interface ThreadControlEvent extends PersonEvent {
  readonly type: 'thread-control';
  /** `pass`: handed over; `take`: taken away; `request`: another app would like to have it. */
  readonly action: 'pass' | 'take' | 'request';
  /** `null` when no app had it. */
  readonly previousOwnerAppId?: string | null;
  readonly newOwnerAppId?: string;
  readonly requestedOwnerAppId?: string;
  /** What the other app says with it. */
  readonly metadata?: string;
}

export function readThreadControl(
  action: ThreadControlEvent['action'],
): Reader<ThreadControlEvent> {
  return (control, { origin, naming }) => ({
    ...origin,
    type: 'thread-control',
    id: naming.byContent('thread-control'),
    action,
    ...present({
      previousOwnerAppId:
        readField(control, 'previous_owner_app_id') === null
          ? null
          : readId(control, 'previous_owner_app_id'),
      newOwnerAppId: readId(control, 'new_owner_app_id'),
      requestedOwnerAppId: readId(control, 'requested_owner_app_id'),
      metadata: readString(control, 'metadata'),
    }),
  });
}
