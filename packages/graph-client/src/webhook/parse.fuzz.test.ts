import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { WebhookEvent } from './events.ts';
import { parseDelivery } from './parse.ts';
import { realDeliveries } from './real-deliveries.test-setup.ts';

const SAFE_ID = /^[\w.$=+-]{1,240}$/;
const DIGITS = /^\d{1,32}$/;
const OF_PAGE: ReadonlySet<string> = new Set(['app-roles', 'policy', 'template-status']);

/** Whether JSON gives a value back; it loses `undefined`, Infinity and the like. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).every(isPlain);
  }
  return typeof value === 'number' ? Number.isFinite(value) : value !== undefined;
}

function faultsOf({ id, pageId, psid, timestamp, ...rest }: WebhookEvent): string[] {
  const known = rest.type !== 'unsupported';
  // Only a postback has a field that is there and undefined.
  const said = rest.type === 'postback' ? { ...rest, payload: rest.payload ?? '' } : rest;
  const checks: [string, boolean][] = [
    ['id', SAFE_ID.test(id)],
    ['pageId', DIGITS.test(pageId) && !(known && pageId === '0')],
    ['timestamp', Number.isSafeInteger(timestamp) && timestamp >= 0],
    ['psid', psid === undefined ? !known || OF_PAGE.has(rest.type) : DIGITS.test(psid)],
    ['a person', psid === undefined || !OF_PAGE.has(rest.type)],
    ['not plain', isPlain(said)],
  ];
  return checks.filter(([, holds]) => !holds).map(([what]) => `${rest.type}: ${what}`);
}

/** Has no fault in the events of any body, and the texts of these mids among them. */
function faultless(
  bodies: fc.Arbitrary<string | Uint8Array>,
  mids: readonly string[] = [],
): fc.IProperty<[string | Uint8Array]> {
  return fc.property(bodies, (body) => {
    const bytes = Buffer.from(body);
    const delivery = parseDelivery(bytes);
    const events = delivery.kind === 'delivery' ? delivery.events : [];
    const found = new Set(events.map((event) => event.type === 'text' && event.mid));
    const faults = [
      ...events.flatMap(faultsOf),
      ...mids.filter((mid) => !found.has(mid)).map((mid) => `${mid} is lost`),
      ...(isDeepStrictEqual(delivery, parseDelivery(bytes)) ? [] : ['another answer']),
    ];
    if (faults.length > 0) {
      throw new Error(`${faults.join(', ')} in ${String(body)}`);
    }
  });
}

/** Stand in for anything, as JSON. Drawn once: to draw one costs more than to parse it. */
const values: readonly string[] = [
  ...fc.sample(fc.json({ maxDepth: 2 }), 300),
  ...fc.sample(fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String), 20),
  ...'null true 0 -0 -1 0.5 1e11 1e14 1e300 [] {} [null] [[]] [{}] {"id":1} {"mid":""}'.split(' '),
  ...['', '0', '1:2', '\r\n', '__proto__', '\ud800'].map((text) => JSON.stringify(text)),
];

type Holder = Record<string, unknown>;

/** Every object and list in a value, outermost first. */
function holders(value: unknown): Holder[] {
  return typeof value === 'object' && value !== null
    ? [value as Holder, ...Object.values(value).flatMap(holders)]
    : [];
}

const entries: readonly Holder[] = realDeliveries.flatMap(({ entry }) =>
  entry.map((each) => ({ ...each })),
);
/** Each key that Meta writes, and something that Meta writes there. */
const donors: readonly (readonly [string, string])[] = entries
  .flatMap((entry) => holders(entry).flatMap((holder) => Object.entries(holder)))
  .filter(([, value]) => value !== undefined)
  .map(([key, value]) => [key, JSON.stringify(value)]);

/** Where, what, and with what, each by number. */
type Mutation = readonly [where: number, what: number, key: number, value: number];

/** Deletes a field, replaces one, or puts one where it does not belong. */
function mutate(whole: Holder, [where, what, key, value]: Mutation): void {
  const all = holders(whole);
  const holder = all[where % all.length] ?? whole;
  const own = Object.keys(holder);
  const [foreign, given] = donors[key % donors.length] ?? ['', 'null'];
  const anything = values[value % values.length] ?? 'null';
  const place = what < 2 && own.length > 0 ? (own[key % own.length] ?? '') : foreign;
  if (what === 0) {
    Reflect.deleteProperty(holder, place);
  } else {
    holder[place] = JSON.parse(what === 3 ? given : anything);
  }
}

const mutations = fc.array(fc.tuple(fc.nat(1e6), fc.nat(3), fc.nat(1e6), fc.nat(1e6)), {
  minLength: 1,
  maxLength: 4,
});

/** A real value after some mutations. */
function mutated(real: readonly Holder[]): fc.Arbitrary<Holder> {
  return fc.tuple(fc.nat(real.length - 1), mutations).map(([index, list]) => {
    const value = structuredClone(real[index] ?? {});
    for (const mutation of list) {
      mutate(value, mutation);
    }
    return value;
  });
}

const text = (mid: string): object => ({
  sender: { id: '2' },
  timestamp: 1,
  message: { mid, text: 'ở đây' },
});
const mids = ['m_before', 'm_after'] as const;
const [before, after] = mids;

describe('no fault, and no healthy neighbour lost', { timeout: 120_000 }, () => {
  it('in 80,000 deliveries with an item that is nearly real', () => {
    const items = entries.flatMap(({ messaging, changes }) => [messaging ?? changes].flat());
    const bodies = fc
      .tuple(
        mutated(items.map((item) => item as Holder)),
        fc.constantFrom('page', 'instagram', 'x'),
      )
      .map(([item, object]) => {
        const list = [text(before), item, text(after)];
        const entry = [{ id: '1', time: 1, messaging: list, standby: [item], changes: [item] }];
        return JSON.stringify({ object, entry });
      });
    expect(() => fc.assert(faultless(bodies, mids), { numRuns: 80_000 })).not.toThrow();
  });

  it('in 30,000 deliveries with an entry that is nearly real', () => {
    const neighbour = (mid: string): object => ({ id: '1', messaging: [text(mid)] });
    const bodies = mutated(entries).map((entry) =>
      JSON.stringify({ object: 'page', entry: [neighbour(before), entry, neighbour(after)] }),
    );
    expect(() => fc.assert(faultless(bodies, mids), { numRuns: 30_000 })).not.toThrow();
  });
});

describe('no fault', () => {
  it('in 2,000 bodies with a wrong byte', () => {
    const cases = fc.tuple(fc.nat(entries.length - 1), fc.nat(1e6), fc.nat(255));
    const bodies = cases.map(([index, at, byte]) => {
      const body = Buffer.from(JSON.stringify({ object: 'page', entry: [entries[index]] }));
      body[at % body.length] = byte;
      return body;
    });
    expect(() => fc.assert(faultless(bodies), { numRuns: 2_000 })).not.toThrow();
  });

  it.each([
    ['JSON', fc.json()],
    ['bytes', fc.uint8Array({ maxLength: 200 })],
  ])('in 500 bodies of any %s', (_what, bodies) => {
    expect(() => fc.assert(faultless(bodies), { numRuns: 500 })).not.toThrow();
  });
});
