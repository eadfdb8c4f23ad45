import { describe, expect, it } from 'vitest';

import {
  deletionDelivery,
  echoDelivery,
  editDelivery,
  reactionDelivery,
  readDelivery,
  receiptDelivery,
  responseFeedbackDelivery,
  textDelivery,
} from '../testing/index.ts';
import { item, pageId, single, timestamp, who } from './delivery.test-setup.ts';

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
      receiptDelivery({ ...who, mids: ['m_1', 'm_2'] }),
      deletionDelivery({ ...who, mid: 'm_1' }),
      editDelivery({ ...who, mid: 'm_1', text: 'b', edits: 1 }),
      editDelivery({ ...who, mid: 'm_1', text: 'b', edits: 2 }),
      responseFeedbackDelivery({ ...who, mid: 'm_1', feedback: 'Good response' }),
      responseFeedbackDelivery({ ...who, mid: 'm_1', feedback: 'Bad response' }),
    ];
    const ids = deliveries.map((delivery) => single(delivery).id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of reads differ by person, Page and time', () => {
    const reads = [
      who,
      { ...who, psid: '7' },
      { ...who, pageId: '7' },
      { ...who, timestamp: 7e12 },
    ];
    expect(new Set(reads.map((what) => single(readDelivery(what)).id)).size).toBe(reads.length);
  });

  it.each([
    ['where strings end', { a: ['1""b'] }, { a: ['1', 'b'] }],
    ['types', { a: [1, 'true', null] }, { a: ['1', true, 'null'] }],
    ['keys and values', { a: { b: '' } }, { a: 'b' }],
    ['lists and objects', { a: [['0']] }, { a: [{ '0': '0' }] }],
    ['order in lists', { a: ['b', 'c'] }, { a: ['c', 'b'] }],
  ])('of what has no name differ by %s', (_what, one, other) => {
    expect(single(item(one)).id).not.toBe(single(item(other)).id);
  });

  it('of the same on two Pages differ', () => {
    const [one, other] = ['1', '2'].map((id) => {
      const messaging = [{ sender: { id: '7' }, reaction: { mid: 'm_1', action: 'react' } }];
      return single({ object: 'page', entry: [{ id, time: timestamp, messaging }] }).id;
    });
    expect(one).not.toBe(other);
  });

  it('are never those of an empty name', () => {
    const nameless = [
      { read: { mid: '' } },
      { delivery: { mids: [''] } },
      { postback: { mid: '' } },
    ];
    for (const content of nameless) {
      const [one, other] = [1, 2].map((second) =>
        single(item({ ...content, timestamp: timestamp + second })),
      );
      expect(one?.type).toBe(Object.keys(content)[0]);
      expect(one?.id).not.toBe(other?.id);
    }
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
