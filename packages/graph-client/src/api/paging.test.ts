import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { Label, Labels } from './labels.ts';
import { createFakeTransport, graphError } from '../testing/index.ts';
import type { FakeAnswer, RecordedRequest } from '../testing/index.ts';

const fields = 'id,page_label_name';

function answering(...answers: FakeAnswer[]): {
  labels: Labels;
  requests: readonly RecordedRequest[];
} {
  const transport = createFakeTransport({ answers });
  const { labels } = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  return { labels, requests: transport.requests };
}

/** A page of a list. Graph's `next` holds the token of whoever asked. */
function page(ids: readonly string[], after?: string, next?: string): FakeAnswer {
  const paging = after === undefined ? undefined : { cursors: { before: 'b', after }, next };
  return { body: { data: ids.map((id) => ({ id })), paging } };
}

const next = 'https://evil.example/v26.0/me/custom_labels?access_token=EAAB&after=wrong';

/** The first so many of a list. */
async function take(list: AsyncIterable<Label>, most: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) {
    ids.push(id);
    if (ids.length === most) break;
  }
  return ids;
}

describe('a list', () => {
  it('follows the cursor page after page, and never the address that Graph names', async () => {
    const { labels, requests } = answering(
      page(['1', '2'], 'c+/=1', next),
      page([], 'c2', next),
      page(['3'], 'c3'),
    );
    expect(await take(labels.list(), Infinity)).toEqual(['1', '2', '3']);
    expect(requests.map(({ origin, path, query }) => [origin + path, query])).toEqual(
      [{ fields }, { fields, after: 'c+/=1' }, { fields, after: 'c2' }].map((query) => [
        'https://graph.facebook.com/v26.0/me/custom_labels',
        query,
      ]),
    );
  });

  it.each([
    ['no paging', page(['1'])],
    ['a cursor and no next page', page(['1'], 'c1')],
    ['a next page and no cursor', { body: { data: [{ id: '1' }], paging: { next } } }],
    ['paging of an unknown form', { body: { data: [{ id: '1' }], paging: 'none' } }],
    ['a cursor that is none', { body: { data: [{ id: '1' }], paging: { next, cursors: [7] } } }],
  ])('ends after a page with %s', async (_what, answer) => {
    const { labels, requests } = answering(answer);
    expect(await take(labels.list(), Infinity)).toEqual(['1']);
    expect(requests).toHaveLength(1);
  });

  it('asks for nothing before its first item is wanted', () => {
    const { labels, requests } = answering();
    labels.list();
    expect(requests).toEqual([]);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])('of which %d items are wanted is fetched in %d calls', async (wanted, calls) => {
    const { labels, requests } = answering(
      page(['1', '2'], 'c1', next),
      page(['3', '4'], 'c2', next),
    );
    expect(await take(labels.list(), wanted)).toHaveLength(wanted);
    expect(requests).toHaveLength(calls);
  });

  it('gives what came before a page that fails', async () => {
    const { labels } = answering(page(['1', '2'], 'c1', next), graphError(190, 460));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of labels.list()) seen.push(id);
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'token-dead' });
    expect(seen).toEqual(['1', '2']);
  });

  it('stops at the next page when the caller has given up', async () => {
    const { labels, requests } = answering(page(['1'], 'c1', next));
    const controller = new AbortController();
    const list = labels.list({ signal: controller.signal })[Symbol.asyncIterator]();
    await expect(list.next()).resolves.toEqual({
      done: false,
      value: { id: '1', name: undefined },
    });
    controller.abort();
    await expect(list.next()).rejects.toMatchObject({
      reason: 'aborted',
      outcome: 'not-executed',
    });
    expect(requests).toHaveLength(1);
  });
});
