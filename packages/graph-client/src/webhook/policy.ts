import type { PageEvent } from './event-base.ts';
import { present, readString } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * Meta warns the Page, blocks it, or ends a block. It concerns no person.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_policy_enforcement
 */
export interface PolicyEvent extends PageEvent {
  readonly type: 'policy';
  /** `warning`, `block`, `unblock`, or one to come. */
  readonly action: string;
  readonly reason?: string;
}

export const readPolicy: Reader<PolicyEvent, undefined> = (policy, { origin, naming }) => {
  const action = readString(policy, 'action');
  return action === undefined
    ? undefined
    : {
        ...origin,
        type: 'policy',
        id: naming.byContent('policy'),
        action,
        ...present({ reason: readString(policy, 'reason') }),
      };
};
