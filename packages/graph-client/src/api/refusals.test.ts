import { expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { GraphClient } from '../client.ts';
import { RequestError } from '../errors.ts';
import { createFakeTransport } from '../testing/index.ts';
import type { RecordedRequest } from '../testing/index.ts';
import type { PersistentMenu } from './messenger-profile.ts';
import type { NewUtilityTemplate } from './utility-templates.ts';

const psid = '6912345678901234';
const url = 'https://example.com/mai.png';

function client(): { graph: GraphClient; requests: readonly RecordedRequest[] } {
  const transport = createFakeTransport({ otherwise: () => ({ body: { id: '1', data: [] } }) });
  const graph = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
  return { graph, requests: transport.requests };
}

async function drain(list: AsyncIterable<unknown>): Promise<void> {
  for await (const item of list) expect(item).toBeDefined();
}

/** What code without types may hand in. */
const untyped = (value: unknown): never => value as never;

const locale = 'vi_VN';
const postback = { type: 'postback', title: 'Mua', payload: 'BUY' } as const;
const menuOf = (more: object): [PersistentMenu] => [
  { locale, callToActions: [{ ...postback, ...more }] },
];
const body = { type: 'BODY', text: 'Đã gửi {{1}}.' } as const;
const template: NewUtilityTemplate = { name: 'da_gui', language: 'vi', components: [body] };

it.each<[field: string, run: (graph: GraphClient) => Promise<unknown>]>([
  ['profile', ({ profile }) => profile.set({})],
  ['profile', ({ profile }) => profile.set(untyped({ get_started: { payload: 'x' } }))],
  [
    'profile.greeting[0].locale',
    ({ profile }) => profile.set({ greeting: [{ locale: 'vi', text: 'Chào' }] }),
  ],
  [
    'profile.whitelistedDomains[0]',
    ({ profile }) => profile.set({ whitelistedDomains: ['example.com'] }),
  ],
  ['profile.accountLinkingUrl', ({ profile }) => profile.set({ accountLinkingUrl: '/login' })],
  ['profile.persistentMenu', ({ profile }) => profile.set({ persistentMenu: [] })],
  [
    'profile.persistentMenu[0].callToActions[0].type',
    ({ profile }) =>
      profile.set({ persistentMenu: untyped([{ locale, callToActions: [{ type: 'nested' }] }]) }),
  ],
  ['profile.fields', ({ profile }) => profile.delete([])],
  ['profile.fields[0]', ({ profile }) => profile.delete([untyped('get_started')])],
  [
    'profile.fields[1]',
    ({ profile }) => profile.get({ fields: ['greeting', untyped('toString')] }),
  ],
  ['profile.psid', ({ profile }) => profile.setMenuOf('me', menuOf({}))],
  ['profile.psid', ({ profile }) => profile.deleteMenuOf('')],
  ['user.psid', ({ users }) => users.get('me')],
  ['user.fields', ({ users }) => users.get(psid, { fields: [] })],
  ['user.fields[0]', ({ users }) => users.get(psid, { fields: [untyped('email')] })],
  ['conversations.psid', async ({ conversations }) => drain(conversations.list({ psid: 'x' }))],
  [
    'conversations.platform',
    async ({ conversations }) => drain(conversations.list({ platform: untyped('sms') })),
  ],
  ['conversation.id', async ({ conversations }) => drain(conversations.messages(''))],
  ['conversation.id', async ({ conversations }) => drain(conversations.messages('me/accounts'))],
  ['message.id', ({ conversations }) => conversations.message('')],
  ['message.id', ({ conversations }) => conversations.message('me/accounts')],
  ['thread.psid', ({ threads }) => threads.take('me')],
  ['thread.appId', ({ threads }) => threads.pass(psid, 'inbox')],
  ['thread.durationSeconds', ({ threads }) => threads.extend(psid, 1.5)],
  ['thread.psid', ({ threads }) => threads.owner('')],
  [
    'persona.profilePictureUrl',
    ({ personas }) => personas.create({ name: 'Mai', profilePictureUrl: 'mai.png' }),
  ],
  ['persona.id', ({ personas }) => personas.get('me')],
  ['persona.id', ({ personas }) => personas.delete('me')],
  ['label.id', ({ labels }) => labels.delete('me')],
  ['label.id', ({ labels }) => labels.assign('', psid)],
  ['label.psid', ({ labels }) => labels.unassign('7', 'me')],
  ['label.psid', async ({ labels }) => drain(labels.of('me'))],
  ['moderation.psids[0]', ({ moderation }) => moderation.moderate(['me'], ['ban_user'])],
  ['moderation.actions', ({ moderation }) => moderation.moderate([psid], [])],
  ['moderation.actions[0]', ({ moderation }) => moderation.moderate([psid], [untyped('hug')])],
  ['subscription.fields', ({ subscriptions }) => subscriptions.subscribe([])],
  ['subscription.fields[1]', ({ subscriptions }) => subscriptions.subscribe(['messages', 'a,b'])],
  ['subscription.fields', ({ subscriptions }) => subscriptions.repair([])],
  ['sticker.packId', async ({ stickers }) => drain(stickers.inPack('../me'))],
  [
    'template.name',
    ({ utilityTemplates }) => utilityTemplates.create({ ...template, name: 'Đã gửi' }),
  ],
  ['template.name', async ({ utilityTemplates }) => drain(utilityTemplates.list({ name: '' }))],
  ['template.name', ({ utilityTemplates }) => utilityTemplates.delete('')],
  [
    'template.language',
    ({ utilityTemplates }) => utilityTemplates.create({ ...template, language: 'vi-VN' }),
  ],
  [
    'template.components',
    ({ utilityTemplates }) => utilityTemplates.create({ ...template, components: [] }),
  ],
  [
    'template.components',
    ({ utilityTemplates }) => utilityTemplates.create({ ...template, components: [body, body] }),
  ],
])('a wrong %s is refused, and nothing is sent', async (field, run) => {
  const { graph, requests } = client();
  const calling = run(graph);
  await expect(calling).rejects.toBeInstanceOf(RequestError);
  await expect(calling).rejects.toMatchObject({ field });
  expect(requests).toEqual([]);
});

const settings = {
  getStarted: { payload: 'START' },
  greeting: [{ locale, text: 'Xin chào' }],
  iceBreakers: [{ locale, callToActions: [{ question: 'Giá?', payload: 'PRICE' }] }],
  persistentMenu: [{ locale, callToActions: [postback, { type: 'web_url', title: 'Xem', url }] }],
  commands: [{ locale, commands: [{ name: 'menu', description: 'Xem' }] }],
} as const;
const approvable = {
  ...template,
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Đơn hàng' },
    { type: 'HEADER', format: 'IMAGE' },
    body,
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'POSTBACK', text: 'Theo dõi' },
        { type: 'URL', text: 'Xem', url },
      ],
    },
  ],
} as const;

/** Every object in a value, itself the first. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

it.each<[string, object, (graph: GraphClient, value: never) => Promise<unknown>]>([
  ['a profile', settings, ({ profile }, value) => profile.set(value)],
  ['a template', approvable, ({ utilityTemplates }, value) => utilityTemplates.create(value)],
])('%s takes nothing unknown, wherever it stands', async (_what, value, run) => {
  const { graph, requests } = client();
  await run(graph, untyped(value));
  for (const place of objectsIn(value).keys()) {
    const copy = structuredClone(value);
    Reflect.set(objectsIn(copy)[place] ?? {}, 'colour', 'đỏ');
    await expect(run(graph, untyped(copy))).rejects.toThrow('must not have colour');
  }
  expect(requests).toHaveLength(1);
});
