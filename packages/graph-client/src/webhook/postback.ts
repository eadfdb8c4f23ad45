import type { PersonEvent } from './event-base.ts';
import { present, readField, readString } from './fields.ts';
import type { Reader } from './item.ts';
import { toReferral } from './referral.ts';
import type { Referral } from './referral.ts';

/**
 * A person tapped a button, a menu item or Get Started.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_postbacks
 */
export interface PostbackEvent extends PersonEvent {
  readonly type: 'postback';
  readonly mid?: string;
  readonly title: string;
  /** Absent when the button belongs to another app, and on standby. */
  readonly payload: string | undefined;
  readonly referral?: Referral;
}

export const readPostback: Reader<PostbackEvent> = (postback, { origin, naming }) => {
  const mid = readString(postback, 'mid');
  return {
    ...origin,
    type: 'postback',
    id: mid ? naming.byName('postback', mid) : naming.byContent('postback'),
    title: readString(postback, 'title') ?? '',
    payload: readString(postback, 'payload'),
    ...present({ mid, referral: toReferral(readField(postback, 'referral')) }),
  };
};
