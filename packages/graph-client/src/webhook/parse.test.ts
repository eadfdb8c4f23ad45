import { describe, expect, it } from 'vitest';

import { deliveryBody, joinDeliveries, textDelivery, toMetaJson } from '../testing/index.ts';
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

describe('what we do not know', () => {
  it.each([
    ['a kind to come', { holo_call: { id: 1 } }, ['holo_call'], psid],
    ['a message that says nothing', { message: { mid: 'm_1' } }, ['message'], psid],
    ['a message without a mid', { message: { text: 'hi' } }, ['message'], psid],
    [
      'an unsent message',
      { message: { mid: 'm', text: 'x', is_deleted: true } },
      ['message'],
      psid,
    ],
    ['a message that is a string', { message: 'hi' }, ['message'], psid],
    ['a sender without id', { sender: { user_ref: 'u' }, postback: {} }, ['postback'], undefined],
    ['no sender', { sender: undefined, policy_enforcement: {} }, ['policy_enforcement'], undefined],
    ['an id of letters', { sender: { id: 'abc' }, message: {} }, ['message'], undefined],
    ['an id with a colon', { sender: { id: '1:2' }, message: {} }, ['message'], undefined],
    ['an id with a line break', { sender: { id: '1\r\n' }, message: {} }, ['message'], undefined],
    ['an endless id', { sender: { id: '1'.repeat(33) }, message: {} }, ['message'], undefined],
    ['a fraction as id', { sender: { id: 1.5 }, message: {} }, ['message'], undefined],
    ['a list as sender', { sender: [psid], message: {} }, ['message'], undefined],
  ])('%s is an unsupported event', (_what, content, keys, expectedPsid) => {
    const body = Buffer.from(toMetaJson(item(content)));
    expect(parseDelivery(body)).toMatchObject({
      kind: 'delivery',
      events: [{ type: 'unsupported', keys, psid: expectedPsid, pageId, timestamp }],
    });
  });

  it('does not keep its neighbours from being served', () => {
    const delivery = {
      object: 'page',
      entry: [
        null,
        { id: 'not digits', time: 'never', messaging: [{ message: {} }] },
        { id: pageId, time: timestamp },
        {
          id: pageId,
          time: timestamp,
          messaging: [
            7,
            { sender: { id: psid }, timestamp, new_thing: true },
            { sender: { id: psid }, timestamp, message: { mid: 'm_1', text: 'tôi đây' } },
            'x',
          ],
          changes: [{ field: 'inbox_labels', value: { user: { id: psid } } }],
          standby: 'none',
        },
      ],
    };
    expect(parse(delivery)).toMatchObject([
      { type: 'unsupported', pageId: '0', psid: undefined },
      { type: 'unsupported', keys: ['id', 'time'], pageId },
      { type: 'unsupported', keys: ['new_thing'], psid },
      { type: 'text', text: 'tôi đây', psid },
      { type: 'unsupported', raw: [7, 'x'] },
      { type: 'unsupported', channel: 'changes', keys: ['inbox_labels'] },
      { type: 'unsupported', raw: [null] },
    ]);
  });

  it.each([
    ['not JSON', '{"object":"page"'],
    ['empty', ''],
    ['a list', '[]'],
    ['a number', '1e999'],
    ['null', 'null'],
    ['HTML', '<html>'],
  ])('a body that is %s is malformed, and is not quoted', (_what, text) => {
    const delivery = parseDelivery(Buffer.from(text));
    expect(delivery.kind).toBe('malformed');
    expect(JSON.stringify(delivery)).not.toContain('page"');
  });

  it.each(['{}', '{"object":"page"}', '{"object":"page","entry":{}}', '{"entry":null,"object":7}'])(
    'a delivery without entries is one unsupported event: %s',
    (text) => {
      expect(parse(text)).toMatchObject([{ type: 'unsupported', pageId: '0', psid: undefined }]);
    },
  );

  it('empty lists are no events', () => {
    expect(parse({ object: 'page', entry: [] })).toEqual([]);
    expect(parse({ object: 'page', entry: [{ id: pageId, time: 1, messaging: [] }] })).toEqual([]);
  });

  it('keys that mean something to JavaScript are harmless', () => {
    const text = `{"object":"page","__proto__":{"polluted":1},"entry":[{"id":"${pageId}","messaging":[
      {"__proto__":{"sender":{"id":"1"},"message":{"mid":"m","text":"x"}},"constructor":{"prototype":{"polluted":1}}},
      {"sender":{"__proto__":{"id":"${psid}"}},"message":{"mid":"m","text":"x"}},
      {"sender":{"id":"${psid}"},"toString":1,"hasOwnProperty":2,"message":{"mid":"m_1","text":"ok"}}]}]}`;
    const events = parse(text);
    expect(events.map(({ type, psid: person }) => [type, person])).toEqual([
      ['unsupported', undefined],
      ['unsupported', undefined],
      ['text', psid],
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('nesting without end costs only itself', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = (extra: string): string =>
      `{"object":"page","entry":[{"id":"${pageId}","messaging":[{"sender":{"id":"${psid}"},"x":${deep}},
      {"sender":{"id":"${psid}"},"timestamp":1,"message":{"mid":"m_1","text":"ok"${extra}}}]}]}`;
    for (const extra of ['', ',"n":12345678901234567890']) {
      expect(parse(text(extra))).toMatchObject([
        { type: 'unsupported', keys: ['x'], raw: null, psid },
        { type: 'text', text: 'ok', psid },
      ]);
    }
    expect(parseDelivery(Buffer.from(deep)).kind).toBe('malformed');
  });

  it('broken UTF-8 and a byte order mark cost no delivery', () => {
    const body = deliveryBody(textDelivery({ ...who, mid: 'm_1', text: 'AB' }));
    const broken = Buffer.from(body);
    broken[broken.indexOf('AB')] = 0xff;
    expect(parseDelivery(broken)).toMatchObject({ events: [{ text: '\ufffdB' }] });
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    expect(parseDelivery(marked)).toMatchObject({ events: [{ text: 'AB' }] });
  });
});

it('a full delivery of 1,000 events is parsed whole and in order', () => {
  const deliveries = Array.from({ length: 1_000 }, (_, index) =>
    textDelivery({
      pageId,
      psid: String(6_900_000_000_000_000 + (index % 50)),
      mid: `m_${index}`,
      text: `Tin nhắn số ${index}: ${'xin chào '.repeat(20)}`,
      timestamp: timestamp + index,
    }),
  );
  const body = deliveryBody(joinDeliveries(deliveries));
  const delivery = parseDelivery(body);
  expect(delivery.kind === 'delivery' && delivery.events.map(({ id }) => id)).toEqual(
    deliveries.map((_, index) => `message.m_${index}`),
  );
});
