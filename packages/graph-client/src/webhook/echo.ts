import { readAttachments } from './attachment.ts';
import type { Attachment } from './attachment.ts';
import type { PersonEvent } from './event-base.ts';
import { present, readId, readString } from './fields.ts';
import type { JsonObject } from './fields.ts';
import type { Item } from './item.ts';

/**
 * A message that the Page sent, by this app or another; `psid` is the person who got it.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-echoes
 */
export interface EchoEvent extends PersonEvent {
  readonly type: 'echo';
  readonly mid: string;
  /** The app that sent it; absent when a human did. */
  readonly appId?: string;
  /** What the sender put into `message.metadata`. */
  readonly metadata?: string;
  readonly text?: string;
  readonly attachments?: readonly Attachment[];
}

export function readEcho(message: JsonObject, mid: string, { origin, naming }: Item): EchoEvent {
  return {
    ...origin,
    type: 'echo',
    id: naming.byName('echo', mid),
    mid,
    ...present({
      appId: readId(message, 'app_id'),
      metadata: readString(message, 'metadata'),
      text: readString(message, 'text'),
      attachments: readAttachments(message),
    }),
  };
}
