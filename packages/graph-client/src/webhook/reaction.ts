import type { PersonEvent } from './event-base.ts';
import { present, readString } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person reacted to a message, or took the reaction back.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reactions
 */
export interface ReactionEvent extends PersonEvent {
  readonly type: 'reaction';
  readonly mid: string;
  readonly action: 'react' | 'unreact';
  /** Meta's name for it, such as `love`. */
  readonly reaction?: string;
  readonly emoji?: string;
}

export const readReaction: Reader<ReactionEvent> = (body, { origin, naming }) => {
  const mid = readString(body, 'mid');
  const action = readString(body, 'action');
  if (mid === undefined || (action !== 'react' && action !== 'unreact')) {
    return undefined;
  }
  return {
    ...origin,
    type: 'reaction',
    // One message is reacted to many times, so the mid alone is no name.
    id: naming.byContent('reaction'),
    mid,
    action,
    ...present({ reaction: readString(body, 'reaction'), emoji: readString(body, 'emoji') }),
  };
};
