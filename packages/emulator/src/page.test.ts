import { describe, expect, it } from 'vitest';
import { buttons, templates } from './testing/templates.ts';

// Plain browser files without types: loaded as the browser does, by address.
const load = async (name: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
  (await import(new URL(`./page/${name}`, import.meta.url).href)) as never;

const { strings, firstLanguage, text } = (await load('strings.js')) as unknown as {
  strings: Record<'vi' | 'en', Record<string, string>>;
  firstLanguage: (stored: string | null, browser: string) => string;
  text: (language: string, name: string, values?: object) => string;
};

describe('the texts of the page', () => {
  it('are complete in both languages, with the same places to fill in', () => {
    const places = (words: Record<string, string>): string[] =>
      Object.entries(words).map(
        ([name, value]) => `${name} ${(value.match(/\{\w+\}/g) ?? []).toSorted().join(' ')}`,
      );
    expect(places(strings.en)).toEqual(places(strings.vi));
  });

  it('are in the chosen language, else in the browser’s', () => {
    expect(firstLanguage('en', 'vi-VN')).toBe('en');
    expect(firstLanguage(null, 'vi-VN')).toBe('vi');
    expect(firstLanguage(null, 'fr')).toBe('en');
    expect(text('vi', 'status-retrying', { status: 503 })).toBe(
      'Webhook trả lời 503, đang thử lại',
    );
  });
});

describe('what the Page sent besides text', async () => {
  const { choicesOf, contentName } = await load('model.js');

  it('has a name on the page', () => {
    const kinds = ['image', 'audio', 'video', 'file', 'sticker'].map((kind) => ({ kind }));
    const types = [...Object.keys(templates), 'utility'];
    const contents = [
      ...kinds,
      ...types.map((templateType) => ({ kind: 'template', templateType })),
    ];
    const names = contents.map((content) => contentName?.(content));
    expect(names.filter((name) => !(String(name) in strings.vi))).toEqual([]);
  });

  it('shows its buttons and quick replies by their titles', () => {
    const elements = [
      { title: 'Trà sen', buttons: [buttons.phone_number] },
      { title: 'Jasmine tea', buttons: [buttons.account_link] },
    ];
    const card = { attachment: { type: 'template', payload: { elements } } };
    const quick_replies = [{ content_type: 'text', title: 'Có' }, { content_type: 'user_email' }];
    expect(choicesOf?.({ ...card, quick_replies })).toEqual([
      'Gọi quán',
      'account_link',
      'Có',
      'user_email',
    ]);
    expect(choicesOf?.({ text: 'Chào bạn' })).toEqual([]);
    expect(choicesOf?.(undefined)).toEqual([]);
  });
});

describe('what the page knows', async () => {
  const model = await load('model.js');
  const message = (mid: string, direction: string, timestamp: number, more = {}): object => ({
    mid,
    direction,
    timestamp,
    text: mid,
    status: direction === 'in' ? 'delivered' : 'sending',
    ...more,
  });
  interface Known {
    open: string;
    people: Map<string, { unread: number; typing: boolean; last?: { mid: string } }>;
    messages: Map<string, { status: string }>;
  }
  const begin = (): Known => {
    const known = model['createModel']?.() as Known;
    const person = (psid: string): object => ({ psid, name: psid, unread: 0, typing: false });
    const people = [person('1'), person('2')];
    model['takeSnapshot']?.(known, { page: {}, webhook: {}, people }, 0);
    model['openConversation']?.(known, '1');
    return known;
  };
  const change = (known: Known, what: object): unknown => model['takeChange']?.(known, what, 5);

  it('counts what is unread, and sorts by who spoke last', () => {
    const known = begin();
    change(known, { kind: 'message', psid: '2', message: message('a', 'in', 10) });
    change(known, { kind: 'message', psid: '2', message: message('b', 'in', 11) });
    expect(known.people.get('2')).toMatchObject({ unread: 2, last: { mid: 'b' } });
    expect(model['unreadTotal']?.(known)).toBe(2);
    expect(model['sortedPeople']?.(known)).toMatchObject([{ psid: '2' }, { psid: '1' }]);
    change(known, { kind: 'read', psid: '2', readUntil: 11 });
    expect(known.people.get('2')?.unread).toBe(0);
  });

  it('puts what arrives during a fetch after what was fetched, once', () => {
    const known = begin();
    model['expectMessages']?.(known);
    const live = message('b', 'out', 2, { status: 'delivered' });
    change(known, { kind: 'message', psid: '1', message: live });
    model['takeMessages']?.(known, '1', [message('a', 'out', 1), message('b', 'out', 2)]);
    expect([...known.messages.keys()]).toEqual(['a', 'b']);
    expect(known.messages.get('b')?.status).toBe('delivered');
  });

  it('forgets old statuses when it starts afresh', () => {
    const known = begin();
    change(known, { kind: 'message', psid: '1', message: message('a', 'out', 1) });
    model['expectMessages']?.(known);
    model['takeMessages']?.(known, '1', [message('a', 'out', 1, { status: 'read' })]);
    expect(known.messages.get('a')?.status).toBe('read');
  });
});
