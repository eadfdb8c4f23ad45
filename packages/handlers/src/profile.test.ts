import type { GraphClient } from '@bot/graph-client';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { diffProfile, formatDiff, type Profile, type WantedProfile } from './profile.ts';
import { syncProfile, type ProfilePort } from './profile-sync.ts';

const menu = [
  {
    locale: 'default',
    callToActions: [
      { type: 'postback', title: 'Trợ giúp', payload: 'HELP' },
      { type: 'postback', title: 'Giỏ hàng', payload: 'CART' },
    ],
  },
];
const page: Profile = {
  greeting: [{ locale: 'default', text: 'Chào bạn!' }],
  getStarted: { payload: 'START' },
  persistentMenu: menu,
};

describe('the difference of a profile', () => {
  it('is none when only the order of keys differs, or what is absent', () => {
    const wanted: WantedProfile = {
      greeting: [{ text: 'Chào bạn!', locale: 'default' }],
      persistentMenu: [{ ...menu[0], composerInputDisabled: undefined }],
      iceBreakers: null,
    };
    expect(diffProfile(page, wanted)).toEqual([]);
    expect(formatDiff([])).toBe('The Page shows what it should: nothing to change.');
  });

  it('names what comes, goes and changes, for people to read', () => {
    const wanted: WantedProfile = {
      getStarted: null,
      greeting: [{ locale: 'default', text: 'Xin chào!' }],
      iceBreakers: [{ locale: 'default', callToActions: [{ question: 'Giá?', payload: 'P' }] }],
      persistentMenu: [],
    };
    expect(formatDiff(diffProfile(page, wanted))).toMatchInlineSnapshot(`
      "getStarted: remove
        - payload: "START"
      greeting: change
        - [0].text: "Chào bạn!"
        + [0].text: "Xin chào!"
      iceBreakers: add
        + [0].callToActions[0].payload: "P"
        + [0].callToActions[0].question: "Giá?"
        + [0].locale: "default"
      persistentMenu: remove
        - [0].callToActions[0].payload: "HELP"
        - [0].callToActions[0].title: "Trợ giúp"
        - [0].callToActions[0].type: "postback"
        - [0].callToActions[1].payload: "CART"
        - [0].callToActions[1].title: "Giỏ hàng"
        - [0].callToActions[1].type: "postback"
        - [0].locale: "default""
    `);
  });

  it('is none where the Page tells more of what it was given', () => {
    const told = [
      {
        locale: 'default',
        composerInputDisabled: false,
        callToActions: [
          {
            type: 'web_url',
            title: 'Giá',
            url: 'https://a.vn/gia',
            webviewHeightRatio: 'full',
            webviewShareButton: 'hide',
          },
        ],
      },
    ];
    const items = [{ type: 'web_url', title: 'Giá', url: 'https://a.vn/gia' }];
    const wanted = { persistentMenu: [{ locale: 'default', callToActions: items }] };
    expect(diffProfile({ persistentMenu: told }, wanted)).toEqual([]);
  });

  it('is one where the Page has what was given up, or has more items', () => {
    const wanted = { persistentMenu: menu };
    const silent = [{ ...menu[0], composerInputDisabled: true }];
    expect(formatDiff(diffProfile({ persistentMenu: silent }, wanted))).toBe(
      'persistentMenu: change\n  - [0].composerInputDisabled: true',
    );
    const longer = [...menu, { locale: 'vi_VN', composerInputDisabled: false }];
    expect(formatDiff(diffProfile({ persistentMenu: longer }, wanted))).toBe(
      'persistentMenu: change\n  - [1].locale: "vi_VN"',
    );
    const [help, cart] = menu[0]?.callToActions ?? [];
    const link = { type: 'web_url', title: 'Giá', url: 'https://a.vn', webviewHeightRatio: 'tall' };
    const before = [{ locale: 'default', callToActions: [help, cart, link] }];
    const { webviewHeightRatio: _, ...plain } = link;
    const after = { persistentMenu: [{ locale: 'default', callToActions: [help, cart, plain] }] };
    expect(formatDiff(diffProfile({ persistentMenu: before }, after))).toBe(
      'persistentMenu: change\n  - [0].callToActions[2].webviewHeightRatio: "tall"',
    );
  });

  it('leaves alone what is not named', () => {
    expect(diffProfile(page, {})).toEqual([]);
  });
});

describe('a profile that is brought to its Page', () => {
  function pageOf(profile: Profile): ProfilePort & { readonly calls: unknown[][] } {
    const calls: unknown[][] = [];
    return {
      calls,
      get: async () => profile,
      set: async (settings) => void calls.push(['set', settings]),
      delete: async (parts) => void calls.push(['delete', parts]),
    };
  }
  const wanted: WantedProfile = { getStarted: { payload: 'GO' }, greeting: null };

  it('is only shown at first', async () => {
    const profile = pageOf(page);
    const printed: string[] = [];
    const print = (text: string): void => void printed.push(text);
    const changes = await syncProfile({ profile, wanted, apply: false, print });
    expect(changes.map(({ part, kind }) => `${part} ${kind}`)).toEqual([
      'getStarted change',
      'greeting remove',
    ]);
    expect(printed.join()).toContain('+ payload: "GO"');
    expect(profile.calls).toEqual([]);
  });

  it('is changed when that is asked for, and only where it differs', async () => {
    const profile = pageOf(page);
    const both = { ...wanted, persistentMenu: menu };
    await syncProfile({ profile, wanted: both, apply: true, print: () => {} });
    expect(profile.calls).toEqual([
      ['set', { getStarted: { payload: 'GO' } }],
      ['delete', ['greeting']],
    ]);
  });

  it('is not touched when nothing differs', async () => {
    const profile = pageOf(page);
    await syncProfile({ profile, wanted: page, apply: true, print: () => {} });
    expect(profile.calls).toEqual([]);
  });

  it('fits the client of the Graph API', () => {
    expectTypeOf<GraphClient['profile']>().toExtend<ProfilePort>();
  });
});
