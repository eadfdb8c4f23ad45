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
  const { buttonsOf, contentName } = await load('model.js');
  const { receiptLines } = await load('cards.js');
  const { createWords } = await load('words.js');

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

  it('has its buttons wherever they are', () => {
    const elements = [
      { title: 'Trà sen', buttons: [buttons.phone_number] },
      { title: 'Jasmine tea', buttons: [buttons.account_link, buttons.postback] },
    ];
    const card = { attachment: { type: 'template', payload: { elements } } };
    expect(buttonsOf?.(card)).toEqual([
      buttons.phone_number,
      buttons.account_link,
      buttons.postback,
    ]);
    expect(buttonsOf?.({ text: 'Chào bạn' })).toEqual([]);
    expect(buttonsOf?.(undefined)).toEqual([]);
  });

  it('is a receipt of lines, with the total at last', () => {
    const receipt = {
      currency: 'VND',
      elements: [
        { title: 'Trà sen', quantity: 2, price: 90_000 },
        { title: 'Bánh cốm', price: 1.5, currency: 'USD' },
      ],
      summary: { subtotal: 120_000, shipping_cost: 15_000, total_cost: 130_000 },
      adjustments: [{ name: 'Khách quen', amount: 5_000 }],
    };
    const lines = receiptLines?.(receipt, createWords?.('en'));
    expect(lines).toEqual([
      ['2 × Trà sen', '₫90,000'],
      ['Bánh cốm', '$1.50'],
      ['Subtotal', '₫120,000'],
      ['Shipping', '₫15,000'],
      ['Khách quen', '-₫5,000'],
      ['Total', '₫130,000'],
    ]);
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
    model['takeSnapshot']?.(known, { page: {}, profile: {}, webhook: {}, people }, 0);
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

  it('has quick replies only of the newest message', () => {
    const known = begin();
    const replies = [{ content_type: 'text', title: 'Có', payload: 'YES' }];
    const asked = message('a', 'in', 1, { payload: { text: 'Lấy trà?', quick_replies: replies } });
    change(known, { kind: 'message', psid: '1', message: asked });
    expect(model['quickRepliesOf']?.(known)).toEqual({ mid: 'a', replies });
    change(known, { kind: 'message', psid: '1', message: message('b', 'out', 2) });
    expect(model['quickRepliesOf']?.(known)).toEqual({ mid: 'b', replies: [] });
  });

  it('learns the profile, and shows of it what is in the language', () => {
    const known = begin() as Known & { profile: { greeting?: unknown } };
    const greeting = ['en_US', 'default', 'vi_VN'].map((locale) => ({ locale }));
    change(known, { kind: 'profile', profile: { greeting } });
    expect(known.profile).toEqual({ greeting });
    const { localized } = model;
    expect(localized?.(greeting, 'vi')).toEqual({ locale: 'vi_VN' });
    expect(localized?.(greeting.slice(0, 2), 'vi')).toEqual({ locale: 'default' });
    expect(localized?.(greeting.slice(0, 1), 'vi')).toEqual({ locale: 'en_US' });
    expect(localized?.(undefined, 'vi')).toBeUndefined();
  });
});
