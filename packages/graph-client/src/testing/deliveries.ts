import { toMetaJson } from './meta-json.ts';

/** Who and when; every builder wants them. */
export interface Occasion {
  pageId: string;
  psid: string;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** A delivery as a value; {@link deliveryBody} makes its bytes. */
export interface Delivery {
  object: string;
  entry: readonly DeliveryEntry[];
}

export interface DeliveryEntry {
  id: string;
  time: number;
  messaging: readonly Readonly<Record<string, unknown>>[];
}

/** A person wrote `text`, or tapped the quick reply that carries `quickReplyPayload`. */
export function textDelivery(
  what: Occasion & { mid: string; text: string; quickReplyPayload?: string | undefined },
): Delivery {
  const { mid, text, quickReplyPayload } = what;
  const quick =
    quickReplyPayload === undefined ? {} : { quick_reply: { payload: quickReplyPayload } };
  return fromPerson(what, { message: { mid, text, ...quick } });
}

/** A person sent a picture, a voice message, a file … */
export function attachmentDelivery(
  what: Occasion & { mid: string; type: string; url: string },
): Delivery {
  const { mid, type, url } = what;
  return fromPerson(what, { message: { mid, attachments: [{ type, payload: { url } }] } });
}

/** A person sent a sticker; the thumb up is 369239263222822. */
export function stickerDelivery(
  what: Occasion & { mid: string; stickerId: number; url: string },
): Delivery {
  const payload = { url: what.url, sticker_id: what.stickerId };
  return fromPerson(what, {
    message: { mid: what.mid, attachments: [{ type: 'sticker', payload }] },
  });
}

/** A person tapped a button. */
export function postbackDelivery(
  what: Occasion & { mid: string; title: string; payload: string },
): Delivery {
  const { mid, title, payload } = what;
  return fromPerson(what, { postback: { mid, title, payload } });
}

/** A person reacted to the message `mid`. */
export function reactionDelivery(
  what: Occasion & { mid: string; action: 'react' | 'unreact'; reaction: string; emoji: string },
): Delivery {
  const { mid, action, reaction, emoji } = what;
  return fromPerson(what, { reaction: { mid, action, reaction, emoji } });
}

/** The Page sent something; Meta tells every app that listens to echoes. */
export function echoDelivery(
  what: Occasion & { mid: string; text: string; appId: number; metadata?: string | undefined },
): Delivery {
  const { pageId, psid, timestamp, mid, text, appId, metadata } = what;
  const note = metadata === undefined ? {} : { metadata };
  return wrap(pageId, timestamp, {
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp,
    message: { mid, is_echo: true, text, app_id: appId, ...note },
  });
}

/** Messages of the Page reached the person. Meta gives this one no timestamp of its own. */
export function receiptDelivery(what: Occasion & { mids: readonly string[] }): Delivery {
  const { pageId, psid, timestamp, mids } = what;
  return wrap(pageId, timestamp, {
    sender: { id: psid },
    recipient: { id: pageId },
    delivery: { mids, watermark: timestamp },
  });
}

/** The person read everything up to `timestamp`. */
export function readDelivery(what: Occasion): Delivery {
  return fromPerson(what, { read: { watermark: what.timestamp } });
}

/** Several deliveries in one POST, as Meta does under load: one entry for each Page. */
export function joinDeliveries(deliveries: readonly Delivery[]): Delivery {
  const pages = new Map<
    string,
    { id: string; time: number; messaging: DeliveryEntry['messaging'][number][] }
  >();
  for (const { entry } of deliveries) {
    for (const { id, time, messaging } of entry) {
      const page = pages.get(id) ?? { id, time, messaging: [] };
      page.time = Math.max(page.time, time);
      page.messaging.push(...messaging);
      pages.set(id, page);
    }
  }
  return { object: deliveries[0]?.object ?? 'page', entry: [...pages.values()] };
}

/** The bytes that Meta would send: escaped as {@link toMetaJson} does, in UTF-8. */
export function deliveryBody(delivery: Delivery): Buffer {
  return Buffer.from(toMetaJson(delivery));
}

function fromPerson(
  { pageId, psid, timestamp }: Occasion,
  what: Readonly<Record<string, unknown>>,
): Delivery {
  return wrap(pageId, timestamp, {
    sender: { id: psid },
    recipient: { id: pageId },
    timestamp,
    ...what,
  });
}

function wrap(pageId: string, time: number, item: Readonly<Record<string, unknown>>): Delivery {
  return { object: 'page', entry: [{ id: pageId, time, messaging: [item] }] };
}
