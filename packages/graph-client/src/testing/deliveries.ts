import { toMetaJson } from './meta-json.ts';

/** Who and when; every builder wants them. */
export interface Occasion {
  pageId: string;
  psid: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** Whose webhook it is; default `page`. On Instagram `pageId` is the account, `psid` the IGSID. */
  object?: 'page' | 'instagram' | undefined;
}

/** What a builder wants of an event that concerns no person. */
export type PageOccasion = Omit<Occasion, 'psid'>;

/** A delivery as a value; {@link deliveryBody} makes its bytes. */
export interface Delivery {
  object: string;
  entry: readonly DeliveryEntry[];
}

/** An event as Meta writes it. */
export type DeliveryItem = Readonly<Record<string, unknown>>;

/** What a delivery holds for one Page, in one of three lists. */
export interface DeliveryEntry {
  id: string;
  time: number;
  messaging?: readonly DeliveryItem[];
  standby?: readonly DeliveryItem[];
  changes?: readonly DeliveryItem[];
}

/**
 * Several deliveries in one POST, as Meta does under load: one entry for each list of each Page.
 *
 * @example
 * const body = deliveryBody(joinDeliveries([textDelivery(one), textDelivery(other)]));
 */
export function joinDeliveries(deliveries: readonly Delivery[]): Delivery {
  const joined = new Map<
    string,
    { id: string; time: number; list: string; items: DeliveryItem[] }
  >();
  for (const { id, time, ...lists } of deliveries.flatMap(({ entry }) => entry)) {
    for (const [list, items] of Object.entries(lists)) {
      const whole = joined.get(`${id} ${list}`) ?? { id, time, list, items: [] };
      whole.time = Math.max(whole.time, time);
      whole.items.push(...items);
      joined.set(`${id} ${list}`, whole);
    }
  }
  return {
    object: deliveries[0]?.object ?? 'page',
    entry: [...joined.values()].map(({ id, time, list, items }) => ({ id, time, [list]: items })),
  };
}

/**
 * The same delivery as an app gets it that does not answer the conversation at the moment. From it
 * Meta keeps the payloads of postbacks: build these without.
 *
 * @example
 * const body = deliveryBody(toStandby(textDelivery({ pageId, psid, mid, text, timestamp })));
 */
export function toStandby({ object, entry }: Delivery): Delivery {
  return {
    object,
    entry: entry.map(({ id, time, messaging = [] }) => ({ id, time, standby: messaging })),
  };
}

/**
 * The bytes that Meta would send: escaped as {@link toMetaJson} does, in UTF-8.
 *
 * @example
 * const body = deliveryBody(readDelivery({ pageId, psid, timestamp }));
 */
export function deliveryBody(delivery: Delivery): Buffer {
  return Buffer.from(toMetaJson(delivery));
}

/** A delivery of one thing that a person did; `undefined` fields are left out, as in all JSON. */
export function fromPerson(what: Occasion, said: DeliveryItem): Delivery {
  const { pageId, psid, timestamp } = what;
  return deliver(what, { sender: { id: psid }, recipient: { id: pageId }, timestamp, ...said });
}

/** A delivery of one item. */
export function deliver({ pageId, timestamp, object }: PageOccasion, item: DeliveryItem): Delivery {
  return {
    object: object ?? 'page',
    entry: [{ id: pageId, time: timestamp, messaging: [item] }],
  };
}
