import type { PersonEvent } from './event-base.ts';
import { present, readString } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person connected their account at the business with the conversation, or took that back. While
 * linking, Meta waits for the 200 and gives up without it.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_account_linking
 */
export interface AccountLinkingEvent extends PersonEvent {
  readonly type: 'account-linking';
  readonly status: 'linked' | 'unlinked';
  /** The business gave it to the person at login. */
  readonly authorizationCode?: string;
}

export const readAccountLinking: Reader<AccountLinkingEvent> = (linking, { origin, naming }) => {
  const status = readString(linking, 'status');
  if (status !== 'linked' && status !== 'unlinked') {
    return undefined;
  }
  return {
    ...origin,
    type: 'account-linking',
    id: naming.byContent('account-linking'),
    status,
    ...present({ authorizationCode: readString(linking, 'authorization_code') }),
  };
};
