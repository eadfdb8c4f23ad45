import { describe, expect, it } from 'vitest';

import {
  echoDelivery,
  reactionDelivery,
  receiptDelivery,
  textDelivery,
  toMetaJson,
} from '../testing/index.ts';
import type { WebhookEvent } from './events.ts';
import { parseDelivery } from './parse.ts';

const pageId = '104729384756123';
const psid = '6912345678901234';
const timestamp = 1_763_900_000_000;
const who = { pageId, psid, timestamp };

function parse(what: unknown): readonly WebhookEvent[] {
  const text = typeof what === 'string' ? what : toMetaJson(what);
  const delivery = parseDelivery(Buffer.from(text));
  if (delivery.kind !== 'delivery') {
    throw new Error(`malformed: ${delivery.reason}`);
  }
  // What a queue does to them.
  expect(JSON.parse(JSON.stringify(delivery.events))).toEqual(delivery.events);
  return delivery.events;
}

function item(content: object, channel = 'messaging', object = 'page'): unknown {
  const whole = { sender: { id: psid }, recipient: { id: pageId }, timestamp, ...content };
  return { object, entry: [{ id: pageId, time: timestamp + 5, [channel]: [whole] }] };
}

function single(what: unknown): WebhookEvent {
  const events = parse(what);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (event === undefined) {
    throw new Error('no event');
  }
  return event;
}

describe('ids', () => {
  it('written as numbers keep all their digits', () => {
    const text = `{"object":"page","entry":[{"id":104729384756123,"time":1763900000000,"messaging":[
      {"sender":{"id":90071992547409931},"recipient":{"id": 104729384756123},
       "timestamp":1763900000000,"message":{"mid":"m_1","text":"12345678901234567890: [12345678901234567890"}}]}]}`;
    expect(single(text)).toMatchObject({
      type: 'text',
      pageId,
      psid: '90071992547409931',
      text: '12345678901234567890: [12345678901234567890',
      timestamp,
    });
  });

  it('are the same when an event is delivered again, in whatever order of keys', () => {
    const one = `{"object":"page","entry":[{"id":"1","time":1763900000000,"messaging":[
      {"sender":{"id":"2"},"recipient":{"id":"1"},"reaction":{"mid":"m","action":"react"},"timestamp":1763900000000}]}]}`;
    const other = `{"entry":[{"time":1763900099999,"messaging":[
      {"timestamp":1763900000000,"reaction":{"action":"react","mid":"m"},"recipient":{"id":"1"},"sender":{"id":"2"}}],"id":"1"}],"object":"page"}`;
    expect(single(one).id).toBe(single(other).id);
  });

  it('differ between what happens to one message', () => {
    const react = { mid: 'm_1', reaction: 'love', emoji: '❤' };
    const deliveries = [
      textDelivery({ ...who, mid: 'm_1', text: 'a' }),
      echoDelivery({ ...who, mid: 'm_1', text: 'a', appId: 1 }),
      reactionDelivery({ ...who, ...react, action: 'react' }),
      reactionDelivery({ ...who, ...react, action: 'unreact' }),
      reactionDelivery({ ...who, ...react, action: 'react', timestamp: timestamp + 1 }),
      reactionDelivery({ ...who, ...react, action: 'react', psid: '7' }),
      receiptDelivery({ ...who, mids: ['m_1'] }),
    ];
    const edits = [1, 2].map((edit) =>
      item({ message_edit: { mid: 'm_1', text: 'b', num_edit: edit } }),
    );
    const ids = [...deliveries, ...edits].map((delivery) => single(delivery).id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are safe as parts of keys, whatever a mid looks like', () => {
    for (const mid of ['a:b', '{x}', 'a b', 'a\r\nb', '*', 'x'.repeat(10_000), 'ữ']) {
      const { id } = single(textDelivery({ ...who, mid, text: 'hi' }));
      expect(id).toMatch(/^message\.[0-9a-f]{32}$/);
    }
  });
});

describe('times', () => {
  it.each([
    ['milliseconds', 1_763_900_000_123, 1_763_900_000_123],
    ['seconds', 1_763_900_000, 1_763_900_000_000],
    ['a string of milliseconds', '1763900000123', 1_763_900_000_123],
    ['a string of seconds', '1763900000', 1_763_900_000_000],
    ['nothing: the entry tells', undefined, timestamp + 5],
    ['nonsense: the entry tells', 'soon', timestamp + 5],
    ['a negative number: the entry tells', -1, timestamp + 5],
    ['a number beyond all dates: the entry tells', 1e300, timestamp + 5],
  ])('in %s are normalised', (_what, written, expected) => {
    const event = single(item({ timestamp: written, message: { mid: 'm', text: 'x' } }));
    expect(event.timestamp).toBe(expected);
  });
});
