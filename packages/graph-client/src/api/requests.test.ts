import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { GraphClient } from '../client.ts';
import type { Middleware, RateClass } from '../pipeline/middleware.ts';
import { createFakeTransport } from '../testing/index.ts';
import type { RecordedRequest } from '../testing/index.ts';
import { PAGE_INBOX_APP_ID } from './threads.ts';

const psid = '6912';
const recipient = { id: psid };
const url = 'https://example.com/mai.png';

/** A client of which every call goes well, what it sent, and against which limits it counts. */
function client(): {
  graph: GraphClient;
  requests: readonly RecordedRequest[];
  rateClasses: readonly RateClass[];
} {
  const rateClasses: RateClass[] = [];
  const watch: Middleware = async ({ rateClass }, next) => {
    rateClasses.push(rateClass);
    return next();
  };
  const answer = { id: '1', data: [], attachment_id: '9', message_id: 'm_1' };
  const transport = createFakeTransport({ otherwise: () => ({ body: answer }) });
  const options = { accessToken: 'token', pageId: '1047', transport, pipeline: [watch] };
  return { graph: createGraphClient(options), requests: transport.requests, rateClasses };
}

async function drain(list: AsyncIterable<unknown>): Promise<void> {
  for await (const item of list) expect(item).toBeDefined();
}

/** `GET me?fields=name`: a request without its version and body, its query as it is read. */
function shown({ method, path, query }: RecordedRequest): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${method} ${path.replace('/v26.0/', '')}${pairs.length > 0 ? '?' : ''}${pairs.join('&')}`;
}

const menu = [
  { locale: 'vi_VN', callToActions: [{ type: 'postback', title: 'Mua', payload: 'BUY' }] },
] as const;
const graphMenu = [
  { locale: 'vi_VN', call_to_actions: [{ type: 'postback', title: 'Mua', payload: 'BUY' }] },
];
const components = [{ type: 'BODY', text: 'Đơn {{ma}} đã gửi.' }] as const;

const rows: readonly (readonly [
  method: string,
  run: (graph: GraphClient) => Promise<unknown>,
  request: string,
  body?: object,
])[] = [
  [
    'attachments.upload',
    ({ attachments }) => attachments.upload({ type: 'image', url, isReusable: false }),
    'POST 1047/message_attachments',
    { message: { attachment: { type: 'image', payload: { url, is_reusable: false } } } },
  ],
  [
    'profile.get',
    ({ profile }) => profile.get(),
    'GET 1047/messenger_profile?fields=get_started,greeting,ice_breakers,persistent_menu,commands,' +
      'whitelisted_domains,account_linking_url',
  ],
  [
    'profile.get',
    ({ profile }) => profile.get({ fields: ['persistentMenu', 'greeting'] }),
    'GET 1047/messenger_profile?fields=persistent_menu,greeting',
  ],
  [
    'profile.set',
    ({ profile }) =>
      profile.set({
        getStarted: { payload: 'START' },
        greeting: [{ locale: 'default', text: 'Xin chào {{user_first_name}}!' }],
        iceBreakers: [{ locale: 'vi_VN', callToActions: [{ question: 'Giá?', payload: 'PRICE' }] }],
        persistentMenu: menu,
        commands: [{ locale: 'en_US', commands: [{ name: 'menu', description: 'Show it' }] }],
        whitelistedDomains: ['https://example.com'],
        accountLinkingUrl: url,
      }),
    'POST 1047/messenger_profile',
    {
      get_started: { payload: 'START' },
      greeting: [{ locale: 'default', text: 'Xin chào {{user_first_name}}!' }],
      ice_breakers: [
        { locale: 'vi_VN', call_to_actions: [{ question: 'Giá?', payload: 'PRICE' }] },
      ],
      persistent_menu: graphMenu,
      commands: [{ locale: 'en_US', commands: [{ name: 'menu', description: 'Show it' }] }],
      whitelisted_domains: ['https://example.com'],
      account_linking_url: url,
    },
  ],
  [
    'profile.delete',
    ({ profile }) => profile.delete(['iceBreakers', 'greeting']),
    'DELETE 1047/messenger_profile',
    { fields: ['ice_breakers', 'greeting'] },
  ],
  [
    'profile.setMenuOf',
    ({ profile }) => profile.setMenuOf(psid, menu),
    'POST 1047/custom_user_settings',
    { psid, persistent_menu: graphMenu },
  ],
  [
    'profile.deleteMenuOf',
    ({ profile }) => profile.deleteMenuOf(psid),
    'DELETE 1047/custom_user_settings?psid=6912&params=["persistent_menu"]',
  ],
  [
    'users.get',
    ({ users }) => users.get(psid),
    'GET 6912?fields=name,first_name,last_name,profile_pic',
  ],
  [
    'users.get',
    ({ users }) => users.get(psid, { fields: ['firstName'] }),
    'GET 6912?fields=first_name',
  ],
  [
    'conversations.list',
    ({ conversations }) => drain(conversations.list()),
    'GET 1047/conversations?platform=messenger&fields=id,updated_time,message_count,unread_count',
  ],
  [
    'conversations.list',
    ({ conversations }) => drain(conversations.list({ platform: 'instagram', psid })),
    'GET 1047/conversations?platform=instagram&user_id=6912&' +
      'fields=id,updated_time,message_count,unread_count',
  ],
  [
    'conversations.messages',
    ({ conversations }) => drain(conversations.messages('t_1234')),
    'GET t_1234/messages?fields=id,created_time,from,message',
  ],
  [
    'conversations.message',
    ({ conversations }) => conversations.message('m_Ab-c_9=='),
    'GET m_Ab-c_9==?fields=id,created_time,from,message',
  ],
  [
    'threads.pass',
    ({ threads }) => threads.pass(psid, PAGE_INBOX_APP_ID, { metadata: 'gặp nhân viên' }),
    'POST 1047/pass_thread_control',
    { recipient, target_app_id: '263902037430900', metadata: 'gặp nhân viên' },
  ],
  ...(['take', 'release', 'request'] as const).map(
    (action) =>
      [
        `threads.${action}`,
        ({ threads }: GraphClient) => threads[action](psid, { metadata: 'note' }),
        `POST 1047/${action}_thread_control`,
        { recipient, metadata: 'note' },
      ] as const,
  ),
  [
    'threads.extend',
    ({ threads }) => threads.extend(psid, 604_800),
    'POST 1047/extend_thread_control',
    { recipient, duration: 604_800 },
  ],
  ['threads.owner', ({ threads }) => threads.owner(psid), 'GET 1047/thread_owner?recipient=6912'],
  [
    'personas.create',
    ({ personas }) => personas.create({ name: 'Mai', profilePictureUrl: url }),
    'POST 1047/personas',
    { name: 'Mai', profile_picture_url: url },
  ],
  [
    'personas.list',
    ({ personas }) => drain(personas.list()),
    'GET 1047/personas?fields=id,name,profile_picture_url',
  ],
  [
    'personas.get',
    ({ personas }) => personas.get('17'),
    'GET 17?fields=id,name,profile_picture_url',
  ],
  ['personas.delete', ({ personas }) => personas.delete('17'), 'DELETE 17'],
  [
    'labels.create',
    ({ labels }) => labels.create('Khách quen'),
    'POST 1047/custom_labels',
    { page_label_name: 'Khách quen' },
  ],
  [
    'labels.list',
    ({ labels }) => drain(labels.list()),
    'GET 1047/custom_labels?fields=id,page_label_name',
  ],
  [
    'labels.of',
    ({ labels }) => drain(labels.of(psid)),
    'GET 6912/custom_labels?fields=id,page_label_name',
  ],
  ['labels.delete', ({ labels }) => labels.delete('17'), 'DELETE 17'],
  ['labels.assign', ({ labels }) => labels.assign('17', psid), 'POST 17/label', { user: psid }],
  [
    'labels.unassign',
    ({ labels }) => labels.unassign('17', psid),
    'DELETE 17/label',
    { user: psid },
  ],
  [
    'moderation.moderate',
    ({ moderation }) => moderation.moderate([psid, '7'], ['block_user', 'move_to_spam']),
    'POST 1047/moderate_conversations',
    { user_ids: [{ id: psid }, { id: '7' }], actions: ['block_user', 'move_to_spam'] },
  ],
  ['moderation.blocked', ({ moderation }) => drain(moderation.blocked()), 'GET 1047/blocked'],
  [
    'subscriptions.subscribe',
    ({ subscriptions }) => subscriptions.subscribe(['messages', 'messaging_postbacks']),
    'POST 1047/subscribed_apps?subscribed_fields=messages,messaging_postbacks',
  ],
  ['subscriptions.get', ({ subscriptions }) => subscriptions.get(), 'GET 1047/subscribed_apps'],
  [
    'subscriptions.unsubscribe',
    ({ subscriptions }) => subscriptions.unsubscribe(),
    'DELETE 1047/subscribed_apps',
  ],
  [
    'utilityTemplates.create',
    ({ utilityTemplates }) =>
      utilityTemplates.create({
        name: 'gui',
        language: 'vi',
        parameterFormat: 'NAMED',
        components,
      }),
    'POST 1047/message_templates',
    { category: 'UTILITY', name: 'gui', language: 'vi', parameter_format: 'NAMED', components },
  ],
  [
    'utilityTemplates.list',
    ({ utilityTemplates }) => drain(utilityTemplates.list({ name: 'gui' })),
    'GET 1047/message_templates?name=gui',
  ],
  [
    'utilityTemplates.library',
    ({ utilityTemplates }) => drain(utilityTemplates.library({ search: 'đơn', language: 'vi' })),
    'GET message_template_library?search=đơn&language=vi',
  ],
  [
    'utilityTemplates.delete',
    ({ utilityTemplates }) => utilityTemplates.delete('gui'),
    'DELETE 1047/message_templates?name=gui',
  ],
  ['stickers.packs', ({ stickers }) => drain(stickers.packs()), 'GET sticker_packs'],
  [
    'stickers.inPack',
    ({ stickers }) => drain(stickers.inPack('17')),
    'GET sticker_packs/17/stickers',
  ],
  [
    'stickers.search',
    ({ stickers }) => drain(stickers.search('cảm ơn', { locale: 'vi_VN' })),
    'GET sticker_search?q=cảm ơn&locale=vi_VN',
  ],
];

/** Where Meta has a limit of its own; menus of one person count for that person. */
const limited: Readonly<Record<string, RateClass>> = {
  'profile.get': 'profile',
  'profile.set': 'profile',
  'profile.delete': 'profile',
  'conversations.list': 'conversations',
  'conversations.messages': 'conversations',
  'conversations.message': 'conversations',
};

const calls = rows.map(([method, run, request, body]) => ({ method, run, request, body }));

describe('every method of every resource', () => {
  it.each(calls)('$method asks Graph once: $request', async ({ method, run, request, body }) => {
    const { graph, requests, rateClasses } = client();
    await run(graph);
    expect(requests.map(shown)).toEqual([request]);
    expect(requests[0]?.body).toEqual(body);
    expect(rateClasses).toEqual([limited[method] ?? 'other']);
  });

  it('stands in this table, but those that have their own tests', () => {
    const { messages, ...graph } = client().graph;
    const methods = Object.entries(graph).flatMap(([resource, made]: [string, unknown]) =>
      typeof made === 'object' ? Object.keys(made ?? {}).map((name) => `${resource}.${name}`) : [],
    );
    const listed = [...calls.map(({ method }) => method), 'subscriptions.repair'];
    expect(messages).toBeDefined();
    expect(new Set(listed)).toEqual(new Set(methods));
  });
});
