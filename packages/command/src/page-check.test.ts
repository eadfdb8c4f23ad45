import { describe, expect, it } from 'vitest';
import { checkPage, type PageGraph } from './page-check.ts';

const all = ['messages', 'messaging_postbacks', 'message_echoes', 'messaging_handovers'];
const { signal } = new AbortController();
const me = { id: '10', name: 'Trà' };

function graph(fields: readonly string[] | undefined, call: () => unknown = () => me): PageGraph {
  return {
    call: async () => call(),
    subscriptions: {
      get: async () => (fields === undefined ? undefined : { fields }),
      repair: async (wanted) => ({ added: wanted }),
    },
  };
}

const refuse = (kind: string) => () => {
  throw Object.assign(new Error('Graph refused it.'), { kind });
};

describe('the check of a Page', () => {
  it('finds nothing where the token is its own and all fields are subscribed', async () => {
    const well = { pageId: '10', name: 'Trà', ok: true, findings: [] };
    expect(await checkPage(graph(all), { repair: false, signal })).toEqual(well);
    const listed = { pageId: '10', name: 'Quán', repair: false, signal };
    expect(await checkPage(graph(all), listed)).toEqual({ ...well, name: 'Quán' });
  });

  it('names fields that are missing, all of them when nothing is subscribed', async () => {
    const some = await checkPage(graph(all.slice(2)), { repair: false, signal });
    expect(some).toMatchObject({
      ok: false,
      findings: [{ text: 'The app is not subscribed to messages, messaging_postbacks.' }],
    });
    const none = await checkPage(graph(undefined), { repair: false, signal });
    expect(none.findings[0]?.text).toContain('messaging_handovers');
  });

  it('subscribes to them when told to, which leaves nothing to do', async () => {
    const { ok, findings } = await checkPage(graph([]), { repair: true, signal });
    expect(ok).toBe(true);
    expect(findings).toEqual([{ kind: 'fields-missing', text: expect.stringContaining('now') }]);
  });

  it("finds another Page's token, and repairs nothing there", async () => {
    const found = await checkPage(graph([]), { pageId: '11', repair: true, signal });
    expect(found).toMatchObject({ pageId: '11', ok: false, findings: [{ kind: 'other-page' }] });
  });

  it.each([
    ['token-dead', /^Make a new token/],
    ['transient', /^See whether this machine reaches Graph/],
  ])('says what to do about %s', async (kind, remedy) => {
    const { findings } = await checkPage(graph(all, refuse(kind)), { repair: false, signal });
    expect(findings).toEqual([
      { kind, text: 'Graph refused it.', remedy: expect.stringMatching(remedy) },
    ]);
  });

  it('throws what is no word of Graph, and the reason of a stop', async () => {
    const broken = graph(all, () => {
      throw new TypeError('a bug');
    });
    await expect(checkPage(broken, { repair: false, signal })).rejects.toThrow('a bug');
    const stopped = { repair: false, signal: AbortSignal.abort(new Error('stopped')) };
    await expect(checkPage(graph(all, refuse('aborted')), stopped)).rejects.toThrow('stopped');
  });
});
