import { deliver, fromPerson } from './deliveries.ts';
import type { Delivery, Occasion } from './deliveries.ts';

/**
 * A person wrote `text`, or tapped the quick reply that carries `quickReplyPayload`.
 *
 * @example
 * textDelivery({ ...who, mid: 'm_1', text: 'Có', quickReplyPayload: 'YES' });
 */
export function textDelivery(
  what: Occasion & { mid: string; text: string; quickReplyPayload?: string | undefined },
): Delivery {
  const { mid, text, quickReplyPayload: payload } = what;
  const quick = payload === undefined ? {} : { quick_reply: { payload } };
  return fromPerson(what, { message: { mid, text, ...quick } });
}

/**
 * A person sent a picture, a voice message, a file …
 *
 * @example
 * attachmentDelivery({ ...who, mid: 'm_1', type: 'image', url: 'https://cdn/x.jpg' });
 */
export function attachmentDelivery(
  what: Occasion & { mid: string; type: string; url: string },
): Delivery {
  const { mid, type, url } = what;
  return fromPerson(what, { message: { mid, attachments: [{ type, payload: { url } }] } });
}

/**
 * A person sent a sticker; the thumb up is 369239263222822.
 *
 * @example
 * stickerDelivery({ ...who, mid: 'm_1', stickerId: 369239263222822, url: 'https://cdn/like' });
 */
export function stickerDelivery(
  what: Occasion & { mid: string; stickerId: number; url: string },
): Delivery {
  const payload = { url: what.url, sticker_id: what.stickerId };
  return fromPerson(what, {
    message: { mid: what.mid, attachments: [{ type: 'sticker', payload }] },
  });
}

/**
 * A person reacted to the message `mid`.
 *
 * @example
 * reactionDelivery({ ...who, mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤' });
 */
export function reactionDelivery(
  what: Occasion & { mid: string; action: 'react' | 'unreact'; reaction: string; emoji: string },
): Delivery {
  const { mid, action, reaction, emoji } = what;
  return fromPerson(what, { reaction: { mid, action, reaction, emoji } });
}

/**
 * A person changed the message `mid` for the `edits`th time.
 *
 * @example
 * editDelivery({ ...who, mid: 'm_1', text: 'Hai cái', edits: 1 });
 */
export function editDelivery(
  what: Occasion & { mid: string; text: string; edits: number },
): Delivery {
  const { mid, text, edits } = what;
  return fromPerson(what, { message_edit: { mid, text, num_edit: edits } });
}

/**
 * A person took the message `mid` back; Instagram only.
 *
 * @example
 * deletionDelivery({ ...who, mid: 'm_1' });
 */
export function deletionDelivery(what: Omit<Occasion, 'object'> & { mid: string }): Delivery {
  const message = { mid: what.mid, is_deleted: true };
  return fromPerson({ ...what, object: 'instagram' }, { message });
}

/**
 * The Page sent something; Meta tells every app that listens to echoes.
 *
 * @example
 * echoDelivery({ ...who, mid: 'm_2', text: 'Chào bạn', appId: 1517776481860111 });
 */
export function echoDelivery(
  what: Occasion & { mid: string; text: string; appId: number; metadata?: string | undefined },
): Delivery {
  const { pageId, psid, timestamp, mid, text, appId, metadata } = what;
  return deliver(what, {
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp,
    message: { mid, is_echo: true, text, app_id: appId, metadata },
  });
}

/**
 * Messages of the Page reached the person. Meta gives this one no timestamp of its own.
 *
 * @example
 * receiptDelivery({ ...who, mids: ['m_2'] });
 */
export function receiptDelivery(what: Occasion & { mids: readonly string[] }): Delivery {
  const { timestamp, mids } = what;
  return fromPerson(what, { timestamp: undefined, delivery: { mids, watermark: timestamp } });
}

/**
 * The person read everything up to `timestamp`; on Instagram up to the message `mid`.
 *
 * @example
 * readDelivery(who);
 */
export function readDelivery(what: Occasion & { mid?: string | undefined }): Delivery {
  const { object, mid, timestamp } = what;
  return fromPerson(what, { read: object === 'instagram' ? { mid } : { watermark: timestamp } });
}
