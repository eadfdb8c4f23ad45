import { createGraphClient } from '@bot/graph-client';
import { createFakeTransport, graphError, type FakeAnswer } from '@bot/graph-client/testing';
import type { Turn } from '@bot/queue';
import { describe, expect, it } from 'vitest';
import { findLanes, type GraphPage } from './person-lanes.ts';

const { signal } = new AbortController();
const turn: Pick<Turn, 'step' | 'signal'> = {
  signal,
  step: (id, effect) => effect({ id, repeated: false, behind: 0 }),
};

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
    const found = await findLanes('77', [tea, coffee], turn);
    expect(found).toEqual({ lanes: ['1:77', '1:20', '2:77'], troubles: [] });
    expect(tea.asked()).toEqual(['/v26.0/77/ids_for_pages?page=1']);
  });

  it('are found on the one Page whose id nobody wrote down', async () => {
    const tea = page(undefined, [{ body: { id: '1' } }, ids(['20', '1'])]);
    expect(await findLanes('77', [tea], turn)).toEqual({
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
    const found = await findLanes('77', [page('1', [answer])], turn);
    expect(found).toEqual({ lanes: ['1:77'], troubles: [] });
  });

  it.each([
    ['the question', graphError(100)],
    ['the path', graphError(2500)],
    ['the person', graphError(100, 33)],
  ])('are those of the id itself when Graph does not know %s', async (_, answer) => {
    const found = await findLanes('77', [page('1', [answer])], turn);
    expect(found).toEqual({ lanes: ['1:77'], troubles: [] });
  });

  it.each([
    ['a dead token', graphError(190)],
    ['a missing permission', graphError(10)],
    ['a Page that is restricted', graphError(368)],
    ['the wrong secret of the app', graphError(100, undefined, 'Invalid appsecret_proof')],
    ['a version that is gone', graphError(2635)],
    ['throttling', graphError(4)],
    ['no answer', 'reset'],
  ] as [string, FakeAnswer][])(
    'are known in part when Graph is in trouble: %s',
    async (_, answer) => {
      const found = await findLanes(
        '77',
        [page('1', [answer]), page('2', [ids(['20', '2'])])],
        turn,
      );
      expect(found.lanes).toEqual(['1:77', '2:77', '2:20']);
      expect(found.troubles).toHaveLength(1);
    },
  );

  it.each([
    ['refuses the question', graphError(100)],
    ['does not know the path', graphError(2500)],
    ['says nothing', { body: {} }],
  ] as [string, FakeAnswer][])(
    'cannot be known while Graph %s of the id of the only Page',
    async (_, answer) => {
      const found = await findLanes('77', [page(undefined, [answer])], turn);
      expect(found.lanes).toEqual([]);
      expect(found.troubles).toHaveLength(1);
    },
  );

  it('are looked for no further once the turn is over', async () => {
    const over = { ...turn, signal: AbortSignal.abort(new Error('over')) };
    const pages = [page('1', [graphError(100)]), page('2', [ids()])];
    await expect(findLanes('77', pages, over)).rejects.toThrow('over');
  });
});
