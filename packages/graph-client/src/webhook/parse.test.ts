import { describe, expect, it } from 'vitest';

import { deliveryBody, joinDeliveries, textDelivery, toMetaJson } from '../testing/index.ts';
import { item, pageId, parse, psid, timestamp, who } from './delivery.test-setup.ts';
import { parseDelivery } from './parse.ts';

describe('what we do not know', () => {
  it.each([
    ['a kind to come', { holo_call: { id: 1 } }, ['holo_call'], psid],
    ['a message that says nothing', { message: { mid: 'm_1' } }, ['message'], psid],
    ['a message without a mid', { message: { text: 'hi' } }, ['message'], psid],
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
      { type: 'unsupported', pageId: '0', psid: undefined, keys: ['message'] },
      { type: 'unsupported', keys: ['id', 'time'], pageId },
      { type: 'unsupported', keys: ['new_thing'], psid },
      { type: 'text', text: 'tôi đây', psid },
      { type: 'unsupported', channel: 'changes', keys: ['inbox_labels'] },
      { type: 'unsupported', pageId: '0', psid: undefined, keys: [], raw: [null, 7, 'x'] },
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

  it('a number that JSON cannot write again is not kept', () => {
    const text = `{"entry":[{"id":"${pageId}","messaging":[{"sender":{"id":"${psid}"},"x":1e999}]}]}`;
    expect(parse(text)).toMatchObject([{ type: 'unsupported', keys: ['x'], raw: null, psid }]);
  });

  it('of many long keys the first are told', () => {
    const key = (index: number): string => `${index}`.padEnd(100, 'x');
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [key(index), 0]));
    const [event] = parse(item(many));
    expect(event).toHaveProperty(
      'keys',
      Array.from({ length: 32 }, (_, index) => key(index).slice(0, 64)),
    );
    expect(event).toHaveProperty('raw', expect.objectContaining(many));
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

describe('more than Meta sends', () => {
  const filled = (head: string, unit: string, tail: string): Buffer =>
    Buffer.from(head + Array.from({ length: 400_000 }, () => unit).join(',') + tail);
  const list = (unit: string): Buffer =>
    filled('{"object":"page","entry":[{"id":"1","messaging":[', unit, ']}]}');

  it.each([
    ['empty items', list('{}')],
    ['items of a new kind', list('{"a":1}')],
    ['empty entries', filled('{"entry":[', '{}', ']}')],
    ['entries of an empty item', filled('{"entry":[', '{"messaging":[{}]}', ']}')],
    ['unknown changes', filled('{"entry":[{"id":"1","changes":[', '{}', ']}]}')],
  ])('costs 1,000 events and one for the rest: %s', (_what, body) => {
    const delivery = parseDelivery(body);
    const events = delivery.kind === 'delivery' ? delivery.events : [];
    expect(events).toHaveLength(1_001);
    expect(events.at(-1)).toMatchObject({ type: 'unsupported', pageId: '0' });
    expect(events.at(-1)).toHaveProperty('raw.length', 1_000);
  });

  it('hides no message', () => {
    const strange = Array.from({ length: 3_000 }, (_, index) => ({ index }));
    const text = { sender: { id: psid }, message: { mid: 'm_1', text: 'tôi đây' } };
    const messaging = [...strange, text];
    const events = parse({ object: 'page', entry: [{ id: pageId, time: timestamp, messaging }] });
    expect(events.filter(({ type }) => type === 'text')).toHaveLength(1);
    expect(events).toHaveLength(1_002);
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
