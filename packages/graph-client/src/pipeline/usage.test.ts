import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { createFakeTransport, createManualClock, graphError } from '../testing/index.ts';
import type { FakeAnswer } from '../testing/index.ts';
import { readUsage } from './usage.ts';

const pageId = '104729384756123';
const to = '6912345678901234';
const use = (call_count: number, minutes = 0): object => ({
  type: 'messenger',
  call_count,
  total_cputime: 1,
  total_time: 2,
  estimated_time_to_regain_access: minutes,
});

describe('the usage headers', () => {
  it.each([
    ['none', {}, undefined],
    ['the use of the Page', { [pageId]: [use(28)] }, { percent: 28, regainAccessMs: 0 }],
    [
      'minutes until access',
      { [pageId]: [use(100, 7)] },
      { percent: 100, regainAccessMs: 420_000 },
    ],
    ['several kinds', { [pageId]: [use(3), use(61)] }, { percent: 61, regainAccessMs: 0 }],
    [
      'other Pages, too',
      { '42': [use(99, 5)], [pageId]: [use(3)] },
      { percent: 3, regainAccessMs: 0 },
    ],
    ['others only', { '42': [use(99)], '43': [use(5)] }, { percent: 99, regainAccessMs: 0 }],
    ['words', { [pageId]: [{ call_count: 'many' }] }, { percent: 0, regainAccessMs: 0 }],
  ])('of a business, with %s, are read', (_what, value, expected) => {
    expect(readUsage({ 'x-business-use-case-usage': JSON.stringify(value) }, pageId)).toEqual(
      expected,
    );
  });

  it('of the app and the old one of the Page are read, the fullest counts', () => {
    const headers = {
      'x-app-usage': '{"call_count":28,"total_time":91,"total_cputime":25}',
      'x-page-usage': '{"call_count":5}',
    };
    expect(readUsage(headers, 'me')).toEqual({ percent: 91, regainAccessMs: 0 });
  });

  it.each(['', 'x', '[]', 'null', '7', '{"a":', '{"1":null}', '{"1":[null,7]}'])(
    'that read %j say nothing',
    (text) => {
      expect(readUsage({ 'x-business-use-case-usage': text }, pageId)).toBeUndefined();
    },
  );
});

describe('a client that is told of its use', () => {
  function clientAnswering(...answers: FakeAnswer[]): {
    graph: ReturnType<typeof createGraphClient>;
    transport: ReturnType<typeof createFakeTransport>;
    clock: ReturnType<typeof createManualClock>;
  } {
    const transport = createFakeTransport({ answers });
    const clock = createManualClock(1_000_000);
    return {
      graph: createGraphClient({ accessToken: 't', pageId, transport, clock }),
      transport,
      clock,
    };
  }
  const text = { to, text: 'xin chào' };

  it('sends nothing until Graph lets it', async () => {
    const headers = { 'x-business-use-case-usage': JSON.stringify({ [pageId]: [use(100, 2)] }) };
    const body = { recipient_id: to, message_id: 'm_1' };
    const { graph, transport, clock } = clientAnswering({ headers, body });
    await graph.messages.sendText(text);
    await expect(graph.messages.sendText(text)).rejects.toMatchObject({
      kind: 'throttled',
      outcome: 'not-executed',
      retryAfterMs: 120_000,
    });
    expect(transport.requests).toHaveLength(1);
    clock.advance(120_000);
    await graph.messages.sendText(text);
    expect(transport.requests).toHaveLength(2);
  });

  it('sends nothing for a minute after an error that does not say how long', async () => {
    const { graph, transport, clock } = clientAnswering(graphError(613));
    await expect(graph.messages.sendText(text)).rejects.toMatchObject({
      kind: 'throttled',
      code: 613,
    });
    await expect(graph.messages.sendText(text)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    clock.advance(60_000);
    await graph.messages.sendText(text);
    expect(transport.requests).toHaveLength(2);
  });

  it('goes on sending to others when one person is written to too often', async () => {
    const { graph, transport } = clientAnswering(graphError(613, 2018338));
    await expect(graph.messages.sendText(text)).rejects.toMatchObject({ scope: 'recipient' });
    await graph.messages.sendText({ ...text, to: '7' });
    expect(transport.requests).toHaveLength(2);
  });
});
