import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { toMetaJson } from '../testing/index.ts';
import { parseDelivery } from './parse.ts';

const SAFE_ID = /^[\w.$=+-]{1,240}$/;
const DIGITS = /^\d{1,32}$/;

/** What is wrong with the answer to these bytes; nothing, if all is well. */
function faults(body: Uint8Array): string[] {
  const delivery = parseDelivery(body);
  if (delivery.kind === 'malformed') {
    return [];
  }
  const found = delivery.events.flatMap((event) => {
    const known = event.type !== 'unsupported' || event.psid !== undefined;
    const checks: [string, boolean][] = [
      ['id', SAFE_ID.test(event.id)],
      ['pageId', DIGITS.test(event.pageId)],
      ['timestamp', Number.isSafeInteger(event.timestamp)],
      ['psid', !known || DIGITS.test(event.psid ?? '')],
    ];
    return checks.filter(([, holds]) => !holds).map(([what]) => `${event.type}: ${what}`);
  });
  // Through a queue and back.
  const written = JSON.stringify(delivery.events);
  return written === JSON.stringify(JSON.parse(written)) ? found : [...found, 'not plain JSON'];
}

it('any bytes at all are parsed or malformed', () => {
  const bytes = fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
    expect(faults(body)).toEqual([]);
  });
  expect(() => fc.assert(bytes, { numRuns: 500 })).not.toThrow();
});

it('any JSON at all is parsed', () => {
  const anyJson = fc.property(fc.json(), (json) => {
    expect(faults(Buffer.from(json))).toEqual([]);
  });
  expect(() => fc.assert(anyJson, { numRuns: 500 })).not.toThrow();
});

/** Values that stand where Meta has an object, an id, a time or a text. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
  fc.constantFrom(null, 0, -0, 1e300, '', '__proto__', [], {}, '1', '\ud800'),
);

const near = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record(shape, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );

const id = fc.oneof(fc.constantFrom('104729384756123', '6912345678901234'), anything);
const person = near({ id });
const message = near({
  mid: fc.oneof(fc.string(), anything),
  text: fc.oneof(fc.string({ unit: 'binary' }), anything),
  is_echo: fc.oneof(fc.boolean(), anything),
  app_id: id,
  attachments: fc.oneof(fc.array(near({ type: anything, payload: anything, url: anything }))),
  quick_reply: near({ payload: anything }),
  referral: near({ ref: anything, ad_id: id }),
});
const messaging = near({
  sender: person,
  recipient: person,
  timestamp: fc.oneof(fc.nat(), anything),
  message,
  postback: near({ mid: anything, title: anything, payload: anything }),
  reaction: near({ mid: fc.string(), action: fc.constantFrom('react', 'unreact', 'x') }),
  message_edit: near({ mid: fc.string(), text: fc.string(), num_edit: anything }),
  delivery: near({ mids: anything, watermark: anything }),
  read: near({ watermark: anything, mid: anything }),
  optin: near({ type: anything, payload: anything, ref: anything }),
  something_new: anything,
});
const entry = near({
  id,
  time: anything,
  messaging: fc.array(messaging),
  standby: fc.oneof(fc.array(messaging), anything),
  changes: fc.array(near({ field: anything, value: anything })),
});

it('anything that resembles a delivery is parsed, and its healthy neighbour is served', () => {
  const healthy = {
    id: '1',
    messaging: [
      { sender: { id: '2' }, timestamp: 1, message: { mid: 'm_healthy', text: 'ở đây' } },
    ],
  };
  const deliveries = fc.property(
    fc.array(entry, { maxLength: 4 }),
    fc.constantFrom('page', 'instagram', 'x'),
    (entries, object) => {
      const body = Buffer.from(toMetaJson({ object, entry: [...entries, healthy] }));
      expect(faults(body)).toEqual([]);
      const delivery = parseDelivery(body);
      const events = delivery.kind === 'delivery' ? delivery.events : [];
      expect(events.some((event) => event.type === 'text' && event.mid === 'm_healthy')).toBe(true);
    },
  );
  expect(() => fc.assert(deliveries, { numRuns: 500 })).not.toThrow();
});
