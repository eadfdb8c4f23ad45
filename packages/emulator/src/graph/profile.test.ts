import { createGraphClient, type GraphClient } from '@bot/graph-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { callGraph, createScene, graphPath, pageId, proof, secrets } from '../testing/scene.ts';

const path = graphPath('messenger_profile');
const long = (length: number): string => 'ă'.repeat(length);
const start = { get_started: { payload: 'START' } };
const item = { type: 'postback', title: 'Xem trà', payload: 'TEAS' } as const;
const menuOf = (...call_to_actions: object[]): object => ({
  ...start,
  persistent_menu: [{ locale: 'default', call_to_actions }],
});
const breakersOf = (...call_to_actions: object[]): object => ({
  ice_breakers: [{ locale: 'default', call_to_actions }],
});
const many = (count: number, each: object): object[] => Array.from({ length: count }, () => each);

function clientOf(emulator: Emulator): GraphClient {
  const { accessToken, appSecret } = secrets;
  const graph = createGraphClient({ accessToken, appSecret, pageId, baseUrl: emulator.url });
  onTestFinished(() => graph.close());
  return graph;
}

/** Everything that `@bot/graph-client` knows, in its own names. */
const everything = {
  getStarted: { payload: long(1000) },
  greeting: [{ locale: 'default', text: long(160) }],
  iceBreakers: [
    {
      locale: 'vi_VN',
      callToActions: Array.from({ length: 4 }, () => ({ question: long(80), payload: 'Q' })),
    },
  ],
  persistentMenu: [
    {
      locale: 'default',
      composerInputDisabled: false,
      callToActions: [
        item,
        {
          type: 'web_url',
          title: long(30),
          url: 'https://quan.example',
          webviewHeightRatio: 'tall',
        },
      ],
    },
  ],
  commands: [{ locale: 'en_US', commands: [{ name: 'menu', description: 'Show the menu' }] }],
  whitelistedDomains: ['https://quan.example'],
  accountLinkingUrl: 'https://quan.example/dang-nhap',
} as const;

describe('the profile', () => {
  it('comes back as the client sent it, at the limits of every field', async () => {
    const { emulator } = await createScene();
    const { profile } = clientOf(emulator);
    await expect(profile.get()).resolves.toEqual({});
    await profile.set(everything);
    await expect(profile.get()).resolves.toEqual(everything);
    expect(emulator.state.pages[pageId]?.profile.ice_breakers?.[0]?.call_to_actions).toHaveLength(
      4,
    );
  });

  it('keeps what a call does not name, and tells of each change', async () => {
    const { emulator } = await createScene();
    const { profile } = clientOf(emulator);
    const told: unknown[] = [];
    emulator.subscribe((change) => {
      if (change.kind === 'page') told.push(Object.keys(change.page.profile));
    });
    await profile.set({ getStarted: { payload: 'START' } });
    await profile.set({ accountLinkingUrl: 'https://quan.example' });
    await expect(profile.get({ fields: ['getStarted', 'greeting'] })).resolves.toEqual({
      getStarted: { payload: 'START' },
    });
    await profile.delete(['accountLinkingUrl', 'commands']);
    expect(emulator.state.pages[pageId]?.profile).toEqual(start);
    expect(told).toEqual([
      ['get_started'],
      ['get_started', 'account_linking_url'],
      ['get_started'],
    ]);
  });

  it('has a menu only beside Get Started', async () => {
    const { emulator } = await createScene();
    const { profile } = clientOf(emulator);
    const persistentMenu = [{ locale: 'default', callToActions: [item] }];
    const refused = { code: 100, subcode: 2_018_145 };
    await expect(profile.set({ persistentMenu })).rejects.toMatchObject(refused);
    await profile.set({ persistentMenu, getStarted: { payload: 'START' } });
    await expect(profile.delete(['getStarted'])).rejects.toMatchObject(refused);
    await profile.delete(['getStarted', 'persistentMenu']);
    expect(emulator.state.pages[pageId]?.profile).toEqual({});
  });
});

describe('a wrong profile call', () => {
  it.each<[string, string, object]>([
    ['nothing', 'body', {}],
    ['an unknown field', 'home_url', { home_url: {} }],
    ['a long payload', 'get_started[payload]', { get_started: { payload: long(1001) } }],
    ['a long greeting', 'greeting[0][text]', { greeting: [{ locale: 'vi_VN', text: long(161) }] }],
    ['a language', 'greeting[0][locale]', { greeting: [{ locale: 'vi', text: 'Chào' }] }],
    [
      'five ice breakers',
      'ice_breakers[0][call_to_actions]',
      breakersOf(...many(5, { question: 'Giá?', payload: 'Q' })),
    ],
    [
      'a long question',
      'ice_breakers[0][call_to_actions][0][question]',
      breakersOf({ question: long(81), payload: 'Q' }),
    ],
    ['21 items', 'persistent_menu[0][call_to_actions]', menuOf(...many(21, item))],
    [
      'a long title',
      'persistent_menu[0][call_to_actions][0][title]',
      menuOf({ ...item, title: long(31) }),
    ],
    [
      'a nested menu',
      'persistent_menu[0][call_to_actions][0][type]',
      menuOf({ type: 'nested', title: 'Thêm' }),
    ],
    [
      '101 commands',
      'commands[0][commands]',
      { commands: [{ locale: 'default', commands: many(101, { name: 'a', description: 'b' }) }] },
    ],
    [
      '51 domains',
      'whitelisted_domains',
      { whitelisted_domains: Array.from({ length: 51 }, () => 'https://quan.example') },
    ],
    ['no address', 'account_linking_url', { account_linking_url: 'quan.example' }],
  ])('with %s is refused by name: %s', async (_what, name, body) => {
    const { emulator } = await createScene();
    const answer = await callGraph(emulator, body, { path });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    const { error } = answer.body as { error: { message: string } };
    expect(error.message).toContain(`(#100) Param ${name} must `);
    expect(emulator.state.pages[pageId]?.profile).toEqual({});
  });

  it('names the fields that it takes away, and those that it asks for', async () => {
    const { emulator } = await createScene();
    const remove = await callGraph(emulator, { fields: ['home_url'] }, { method: 'DELETE', path });
    expect(remove).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    const statusOf = async (query: string): Promise<number> => {
      const headers = { authorization: `Bearer ${secrets.accessToken}` };
      return (await fetch(emulator.url + path + query, { headers })).status;
    };
    await expect(statusOf('&fields=greeting,home_url')).resolves.toBe(400);
    await expect(statusOf('')).resolves.toBe(400);
    await expect(statusOf('&fields=greeting')).resolves.toBe(200);
  });

  it('of another Page, or without a token, is refused', async () => {
    const { emulator } = await createScene();
    const other = await callGraph(emulator, start, {
      path: `/v26.0/1/messenger_profile?appsecret_proof=${proof}`,
    });
    const nameless = await callGraph(emulator, start, { path, headers: { authorization: '' } });
    expect(other.body).toMatchObject({ error: { code: 100, error_subcode: 33 } });
    expect(nameless.body).toMatchObject({ error: { code: 104 } });
    expect(emulator.state.pages[pageId]?.profile).toEqual({});
  });
});
