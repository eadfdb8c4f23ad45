import { describe, expect, it } from 'vitest';
import { ann, databases, NOW, useHistory, type TestHistory } from './history.test-setup.ts';

const INBOX = '263902037430900';
const SECOND = 1_000;

/** Lets a person, the bot and humans say things, a second apart. */
async function talk(
  own: TestHistory,
  ...lines: readonly (readonly [string, string])[]
): Promise<void> {
  for (const [who, text] of lines) {
    own.now += SECOND;
    const id = `e${own.now}`;
    if (who === 'person') await own.note({ id, text });
    else if (who === 'human') await own.note({ type: 'echo', id, mid: id, appId: INBOX, text });
    else await answer(own, id, text);
  }
  await own.write();
}

/** What the bot says to something that is not a message. */
async function answer(own: TestHistory, id: string, text: string): Promise<void> {
  const event = { type: 'timer', id, timestamp: own.now, ...ann };
  await own.recorder.turn(
    event,
    async (_name, effect) => effect({ id: _name }),
    ({ step }) => step('reply-1', async () => ({ messageId: `m_${id}` }), { text }),
  );
}

describe.each(databases)('what %s keeps is read', (kind) => {
  const own = useHistory(kind);
  const conversation = () => own.history.conversation(ann);
  const textsOf = (found: { readonly kind: string }): (string | undefined)[] =>
    'messages' in found
      ? (found.messages as { text?: string }[]).map(({ text }) => text)
      : [found.kind];

  it('from the end, page by page', async () => {
    await talk(own, ...Array.from({ length: 5 }, (_, i) => ['person', `tin ${i}`] as const));
    const first = await conversation().last(2);
    expect(textsOf(first)).toEqual(['tin 3', 'tin 4']);
    const second = await conversation().last(2, {
      before: ('older' in first && first.older) || '',
    });
    expect(textsOf(second)).toEqual(['tin 1', 'tin 2']);
    await talk(own, ['person', 'meanwhile']);
    const third = await conversation().last(2, {
      before: ('older' in second && second.older) || '',
    });
    expect(third).toMatchObject({ kind: 'found', messages: [{ text: 'tin 0' }] });
    expect(third).not.toHaveProperty('older');
  });

  it('page by page also where all has the same time', async () => {
    for (const id of ['a', 'b', 'c']) await own.note({ id, text: id, timestamp: NOW });
    await own.write();
    const seen: (string | undefined)[] = [];
    let before: string | undefined;
    do {
      const page = await conversation().last(1, before === undefined ? {} : { before });
      seen.push(...textsOf(page));
      before = 'older' in page ? page.older : undefined;
    } while (before !== undefined);
    expect(seen).toEqual(['c', 'b', 'a']);
  });

  it('without what was no message, and without the event under way, unless it is asked for', async () => {
    await own.note({ id: 'r', type: 'reaction', action: 'react' });
    await talk(own, ['bot', 'Chào!'], ['person', 'giá bao nhiêu']);
    expect(textsOf(await conversation().last(9))).toEqual(['Chào!', 'giá bao nhiêu']);
    const except = `e${own.now}`;
    expect(textsOf(await conversation().last(9, { except }))).toEqual(['Chào!']);
    const all = await conversation().last(9, { everything: true });
    expect('messages' in all && all.messages.map((message) => message.kind)).toEqual([
      'reaction',
      'timer',
      'text',
      'text',
    ]);
  });

  it('with what receipts told, of what was sent until then', async () => {
    await talk(own, ['bot', 'một'], ['bot', 'hai'], ['bot', 'ba']);
    await own.note({ type: 'delivery', id: 'd', mids: [], watermark: NOW + 2 * SECOND });
    await own.note({ type: 'read', id: 'r', watermark: NOW + SECOND });
    await own.write();
    const found = await conversation().last(9);
    expect('messages' in found && found.messages.map(({ state }) => state)).toEqual([
      'read',
      'delivered',
      'sent',
    ]);
  });

  it('with what receipts told of single messages', async () => {
    await talk(own, ['bot', 'một'], ['bot', 'hai']);
    await own.note({ type: 'read', id: 'r', mid: `m_e${NOW + SECOND}` });
    await own.write();
    const found = await conversation().last(9);
    expect('messages' in found && found.messages.map(({ state }) => state)).toEqual([
      'read',
      'sent',
    ]);
  });

  it('with the mid that only the echo tells of a reply whose outcome was unknown', async () => {
    const event = { type: 'text', id: 'e1', timestamp: NOW, ...ann };
    const turn = own.recorder.turn(
      event,
      async (name, effect) => effect({ id: name }),
      ({ step }) => step('reply-1', () => Promise.reject(new Error('timeout')), { text: 'Dạ' }),
    );
    await expect(turn).rejects.toThrow('timeout');
    await own.note({ type: 'echo', id: 'echo.m', mid: 'm', metadata: 'e1/reply-1', appId: '77' });
    await own.write();
    const found = await conversation().last(1);
    expect(found).toMatchObject({ messages: [{ state: 'sent', mid: 'm', direction: 'out' }] });
    expect('messages' in found && found.messages[0]).not.toHaveProperty('error');
  });

  it('since a human took over, until the bot answers again', async () => {
    await talk(own, ['person', 'a'], ['bot', 'b']);
    expect(textsOf(await conversation().sinceTakeover())).toEqual([]);
    await talk(own, ['human', 'c'], ['person', 'd'], ['human', 'e']);
    expect(textsOf(await conversation().sinceTakeover())).toEqual(['c', 'd', 'e']);
    expect(await conversation().lastSeen()).toEqual({
      kind: 'found',
      firstSeen: NOW + SECOND,
      lastSeen: NOW + 4 * SECOND,
      humanSince: NOW + 3 * SECOND,
    });
    await talk(own, ['bot', 'f']);
    expect(textsOf(await conversation().sinceTakeover())).toEqual([]);
    own.now += SECOND;
    await own.note({ type: 'thread-control', id: 't', action: 'pass', newOwnerAppId: INBOX });
    await talk(own, ['person', 'g']);
    expect(textsOf(await conversation().sinceTakeover())).toEqual(['g']);
    await talk(own, ['human', 'h'], ['bot', 'i'], ['human', 'j']);
    expect(textsOf(await conversation().sinceTakeover())).toEqual(['j']);
  });

  it('of people who are unknown as nothing', async () => {
    const nobody = own.history.conversation({ pageId: '10', psid: '99' });
    expect(await nobody.last(9)).toEqual({ kind: 'found', messages: [] });
    expect(await nobody.lastSeen()).toEqual({ kind: 'found' });
  });

  it('without a message that was taken back', async () => {
    await own.note({ id: 'a', mid: 'm_a', text: 'bí mật', attachments: [{ type: 'image' }] });
    await own.note({ type: 'deletion', id: 'd', mid: 'm_a' });
    await own.write();
    const found = await conversation().last(9);
    expect('messages' in found && found.messages[0]).not.toHaveProperty('text');
    expect(JSON.stringify(found)).not.toContain('image');
    expect(await own.history.search('bí mật')).toMatchObject({ hits: [] });
  });

  it('by Vietnamese words with and without accents, the exact ones first', async () => {
    await talk(
      own,
      ['person', 'Bảng giá Đà Lạt?'],
      ['person', 'bang gia da lat'],
      ['person', 'bằng giả đá lát'],
      ['person', 'bảng giá của Hà Nội'],
    );
    const find = async (text: string, how = {}): Promise<unknown[]> => {
      const found = await own.history.search(text, how);
      return 'hits' in found ? found.hits.map((hit) => hit.text) : [found];
    };
    expect(await find('BANG GIA đa lạt')).toHaveLength(3);
    expect((await find('bảng giá đà lạt'))[0]).toBe('Bảng giá Đà Lạt?');
    expect(await find('bảng giá đà lạt'.normalize('NFD'))).toEqual([
      'Bảng giá Đà Lạt?',
      'bằng giả đá lát',
      'bang gia da lat',
    ]);
    expect(await find('hà nội')).toEqual(['bảng giá của Hà Nội']);
    expect(await find('gia', { pageId: '11' })).toEqual([]);
    expect(await find("'; drop & | ! <-> gia:* --")).toEqual([]);
    expect(await find('  ?! ')).toEqual([]);
  });

  it('by words page by page, exact hits of all pages first', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => ['person', i % 2 ? 'giá' : 'gia'] as const);
    await talk(own, ...lines);
    const seen: (boolean | string)[] = [];
    let cursor: string | undefined;
    do {
      const page = await own.history.search('giá', { most: 2, ...(cursor && { cursor }) });
      if (page.kind !== 'found') throw new Error(page.reason);
      seen.push(...page.hits.map(({ isExact }) => isExact));
      expect(new Set(page.hits.map(({ id }) => id)).size).toBe(page.hits.length);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([true, true, true, true, false, false, false, false, false]);
  });

  it('as lines of JSON for whoever asks for their data', async () => {
    const lines = Array.from({ length: 501 }, (_, i) => i);
    for (const i of lines) await own.note({ id: `e${i}`, text: `tin ${i}`, timestamp: NOW + i });
    await own.note({ id: 'other', psid: '21', text: 'of somebody else' });
    await own.write();
    const exported: string[] = [];
    for await (const line of own.history.export(ann)) exported.push(line);
    expect(exported).toHaveLength(501);
    expect(JSON.parse(exported[500] ?? '')).toMatchObject({ text: 'tin 500', direction: 'in' });
  });

  it('no more of a person who is forgotten, but for what came later', async () => {
    await talk(own, ['person', 'old'], ['bot', 'old']);
    await own.note({ id: 'other', psid: '21', text: 'stays' });
    await own.note({ id: 'waits', text: 'waits' });
    await own.recorder.forget(ann);
    await own.recorder.forget(ann);
    await own.note({ id: 'new', text: 'new' });
    await own.write();
    expect(textsOf(await conversation().last(9))).toEqual(['new']);
    expect(await conversation().lastSeen()).toMatchObject({ firstSeen: own.now });
    const other = own.history.conversation({ ...ann, psid: '21' });
    expect(textsOf(await other.last(9))).toEqual(['stays']);
  });

  it('not by numbers and cursors that cannot be', async () => {
    await expect(conversation().last(0)).rejects.toThrow('Ask for 1 to 1000 messages, not for 0.');
    await expect(conversation().last(1, { before: 'x' })).rejects.toThrow('The cursor is none');
    await expect(own.history.search('giá', { most: 201 })).rejects.toThrow('Ask for 1 to 200');
  });
});
