import type { PersonEvent } from './event-base.ts';
import { present, readList, readString, readTime } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * Messages of the Page reached the person.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-deliveries
 */
export interface DeliveryEvent extends PersonEvent {
  readonly type: 'delivery';
  readonly mids: readonly string[];
  /** All up to this time, in milliseconds since 1970, arrived. */
  readonly watermark?: number;
}

/**
 * The person read messages of the Page: all up to `watermark`, or on Instagram up to `mid`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reads
 */
export interface ReadEvent extends PersonEvent {
  readonly type: 'read';
  /** Milliseconds since 1970. */
  readonly watermark?: number;
  readonly mid?: string;
}

export const readDelivery: Reader<DeliveryEvent> = (delivery, { origin, naming }) => {
  const mids = readList(delivery, 'mids').filter((mid) => typeof mid === 'string');
  const [mid, ...others] = mids;
  return {
    ...origin,
    type: 'delivery',
    id: mid && others.length === 0 ? naming.byName('delivery', mid) : naming.byContent('delivery'),
    mids,
    ...present({ watermark: readTime(delivery, 'watermark') }),
  };
};

export const readRead: Reader<ReadEvent> = (read, { origin, naming }) => {
  const { pageId, psid } = origin;
  const watermark = readTime(read, 'watermark');
  const mid = readString(read, 'mid');
  const name = watermark === undefined ? mid : `${pageId}.${psid}.${watermark}`;
  return {
    ...origin,
    type: 'read',
    id: name ? naming.byName('read', name) : naming.byContent('read'),
    ...present({ watermark, mid }),
  };
};
