import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { createFakeTransport, graphError } from '../testing/index.ts';
import type { FakeAnswer, RecordedRequest } from '../testing/index.ts';
import type { Subscriptions } from './subscriptions.ts';

/** A Page whose app is subscribed to these fields; `undefined`: to nothing. */
function pageWith(fields: readonly string[] | undefined): {
  subscriptions: Subscriptions;
  requests: readonly RecordedRequest[];
} {
  const data = fields === undefined ? [] : [{ id: '42', subscribed_fields: fields }];
  const transport = createFakeTransport({ answers: [{ body: { data } }] });
  const { subscriptions } = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  return { subscriptions, requests: transport.requests };
}

describe('a repair', () => {
  it.each([
    ['nothing', undefined, ['messages'], ['messages'], 'messages'],
    [
      'no fields',
      [],
      ['messages', 'messaging_postbacks'],
      ['messages', 'messaging_postbacks'],
      'messages,messaging_postbacks',
    ],
    [
      'one of two',
      ['messages'],
      ['messages', 'message_echoes'],
      ['message_echoes'],
      'messages,message_echoes',
    ],
    ['others', ['feed', 'leadgen'], ['messages'], ['messages'], 'feed,leadgen,messages'],
  ])(
    'of a Page that has %s subscribes to what it had and what is missing',
    async (_what, present, wanted, added, subscribed) => {
      const { subscriptions, requests } = pageWith(present);
      expect(await subscriptions.repair(wanted)).toStrictEqual({ added });
      expect(requests.map(({ method, query }) => [method, query])).toEqual([
        ['GET', {}],
        ['POST', { subscribed_fields: subscribed }],
      ]);
      expect(new Set(requests.map(({ path }) => path))).toEqual(
        new Set(['/v26.0/me/subscribed_apps']),
      );
    },
  );

  it('of a Page that has everything changes nothing', async () => {
    const { subscriptions, requests } = pageWith(['feed', 'messages']);
    expect(await subscriptions.repair(['messages'])).toStrictEqual({ added: [] });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each<[string, FakeAnswer]>([
    ['refused', graphError(190)],
    ['not understood', { body: { success: true } }],
  ])('whose look at the Page is %s subscribes to nothing', async (_how, answer) => {
    const transport = createFakeTransport({ answers: [answer] });
    const { subscriptions } = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
    await expect(subscriptions.repair(['messages'])).rejects.toThrow('subscribed_apps');
    expect(transport.requests).toHaveLength(1);
  });

  it('gives up with its signal', async () => {
    const { subscriptions, requests } = pageWith([]);
    const repair = subscriptions.repair(['messages'], { signal: AbortSignal.abort() });
    await expect(repair).rejects.toMatchObject({ reason: 'aborted' });
    expect(requests).toEqual([]);
  });
});
