import { createGraphClient } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeAnswer } from '@bot/graph-client/testing';
import { describe, expect, it } from 'vitest';
import { findLanes, type GraphPage } from './person-lanes.ts';

const { signal } = new AbortController();

/** A Page whose Graph answers in this order. */
function page(
  pageId: string | undefined,
  answers: FakeAnswer[],
): GraphPage & { asked: () => string[] } {
  const transport = createFakeTransport({ answers });
  const graph = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  return {
    pageId,
    graph,
    asked: () =>
      transport.requests.map(
        ({ path, query }) => `${path}?${new URLSearchParams(query).toString()}`,
      ),
  };
}

const ids = (...psids: [string, string][]): FakeAnswer => ({
  body: { data: psids.map(([id, pageId]) => ({ id, page: { id: pageId, name: 'Tiệm Trà' } })) },
});

describe('the lanes of a person', () => {
  it('are those of the id itself, and of the ids that Graph tells, on each Page', async () => {
    const tea = page('1', [ids(['20', '1'])]);
    const coffee = page('2', [ids()]);
    const found = await findLanes('77', [tea, coffee], signal);
    expect(found).toEqual({ lanes: ['1:77', '1:20', '2:77'], troubles: [] });
    expect(tea.asked()).toEqual(['/v26.0/77/ids_for_pages?page=1']);
  });

  it('are found on the one Page whose id nobody wrote down', async () => {
    const tea = page(undefined, [{ body: { id: '1' } }, ids(['20', '1'])]);
    expect(await findLanes('77', [tea], signal)).toEqual({
      lanes: ['1:77', '1:20'],
      troubles: [],
    });
    expect(tea.asked()[0]).toBe('/v26.0/me?fields=id');
  });

  it.each([
    ['another Page', ids(['20', '2'])],
    ['ids that are keys', ids(['20:1', '1'], ['*', '1'], ['__proto__', '1'])],
    ['no list', { body: { data: { id: '20' } } }],
    ['strange entries', { body: { data: [null, 7, 'x', [], { id: 20, page: { id: '1' } }] } }],
    ['nothing', { body: {} }],
  ] as [string, FakeAnswer][])('are only those that are ids on the Page: %s', async (_, answer) => {
    const found = await findLanes('77', [page('1', [answer])], signal);
    expect(found).toEqual({ lanes: ['1:77'], troubles: [] });
  });

  it.each([
    ['100', graphError(100)],
    ['10', graphError(10)],
    ['2500', graphError(2500)],
  ])('are those of the id itself when Graph does not know the question: %s', async (_, answer) => {
    const found = await findLanes('77', [page('1', [answer])], signal);
    expect(found).toEqual({ lanes: ['1:77'], troubles: [] });
  });

  it.each([
    ['a dead token', graphError(190)],
    ['throttling', graphError(4)],
    ['no answer', 'reset'],
  ] as [string, FakeAnswer][])(
    'are known in part when Graph is in trouble: %s',
    async (_, answer) => {
      const found = await findLanes(
        '77',
        [page('1', [answer]), page('2', [ids(['20', '2'])])],
        signal,
      );
      expect(found.lanes).toEqual(['1:77', '2:77', '2:20']);
      expect(found.troubles).toHaveLength(1);
    },
  );
});
