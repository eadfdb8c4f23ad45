import { expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { GraphClient } from '../client.ts';
import { TransportError } from '../errors.ts';
import { createFakeTransport } from '../testing/index.ts';

const psid = '6912345678901234';

function answered(body: unknown): GraphClient {
  // As text, since `null` and numbers are answers, too.
  const transport = createFakeTransport({ answers: [{ body: JSON.stringify(body) }] });
  return createGraphClient({ accessToken: 'token', transport, pipeline: [] });
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

type Run = (graph: GraphClient) => Promise<unknown>;

const getUser: Run = ({ users }) => users.get(psid);
const getOwner: Run = ({ threads }) => threads.owner(psid);
const getProfile: Run = ({ profile }) => profile.get();
const getSubscription: Run = ({ subscriptions }) => subscriptions.get();
const getPersona: Run = ({ personas }) => personas.get('17');
const getMessage: Run = ({ conversations }) => conversations.message('m_1');
const listConversations: Run = ({ conversations }) => all(conversations.list());
const listMessages: Run = ({ conversations }) => all(conversations.messages('t_1'));
const listLabels: Run = ({ labels }) => all(labels.list());
const labelsOf: Run = ({ labels }) => all(labels.of(psid));
const listPersonas: Run = ({ personas }) => all(personas.list());
const listBlocked: Run = ({ moderation }) => all(moderation.blocked());
const listTemplates: Run = ({ utilityTemplates }) => all(utilityTemplates.list());
const listLibrary: Run = ({ utilityTemplates }) => all(utilityTemplates.library());
const searchStickers: Run = ({ stickers }) => all(stickers.search('cảm ơn'));
const createPersona: Run = ({ personas }) =>
  personas.create({ name: 'Mai', profilePictureUrl: 'https://example.com/mai.png' });
const createLabel: Run = ({ labels }) => labels.create('Khách quen');
const createTemplate: Run = ({ utilityTemplates }) =>
  utilityTemplates.create({
    name: 'da_gui',
    language: 'vi',
    components: [{ type: 'BODY', text: 'Đã gửi.' }],
  });
const upload: Run = ({ attachments }) =>
  attachments.upload({ type: 'image', url: 'https://example.com/ao.png' });

const stored = {
  id: 'm_1',
  created_time: '2026-11-23T10:00:00+0000',
  from: { id: psid, name: 'Lan', email: 'lan@example.com' },
  message: 'xin chào',
};
const readable = {
  id: 'm_1',
  createdTime: '2026-11-23T10:00:00+0000',
  from: { id: psid, name: 'Lan' },
  message: 'xin chào',
};

const good: readonly (readonly [run: Run, answer: unknown, value: unknown])[] = [
  [
    getUser,
    { id: psid, first_name: 'Lan', profile_pic: 'https://cdn.example/1', timezone: 7, new: 1 },
    { id: psid, firstName: 'Lan', profilePic: 'https://cdn.example/1', timezone: 7 },
  ],
  [getUser, {}, {}],
  [getUser, { name: 7, locale: null, timezone: '7', gender: 'female' }, { gender: 'female' }],
  [getOwner, { data: [{ thread_owner: { app_id: '263902037430900' } }] }, '263902037430900'],
  [getOwner, { data: [{ thread_owner: { app_id: 2639020 } }] }, '2639020'],
  [getOwner, { data: [{ thread_owner: null }] }, undefined],
  [getOwner, { data: [] }, undefined],
  [getProfile, { data: [] }, {}],
  [
    getProfile,
    {
      data: [{ get_started: { payload: 'START' }, persistent_menu: [{ call_to_actions: [] }] }],
    },
    { getStarted: { payload: 'START' }, persistentMenu: [{ callToActions: [] }] },
  ],
  [
    getProfile,
    { data: [{ get_started: { payload: 'START' } }, { account_linking_url: 'https://a.vn' }] },
    { getStarted: { payload: 'START' }, accountLinkingUrl: 'https://a.vn' },
  ],
  [getSubscription, { data: [] }, undefined],
  [
    getSubscription,
    { data: [{ id: '42', name: 'Bot', subscribed_fields: ['messages', 'new_field'] }] },
    { appId: '42', fields: ['messages', 'new_field'] },
  ],
  [getSubscription, { data: [{ id: 42 }] }, { appId: '42', fields: [] }],
  [getPersona, { id: 17, name: 'Mai' }, { id: '17', name: 'Mai' }],
  [getMessage, stored, readable],
  [getMessage, { id: 'm_1', from: null, message: '' }, { id: 'm_1', message: '' }],
  [listMessages, { data: [stored, { id: 'm_0' }] }, [readable, { id: 'm_0' }]],
  [
    listConversations,
    { data: [{ id: 't_1', updated_time: 'x', message_count: 3, unread_count: 0 }] },
    [{ id: 't_1', updatedTime: 'x', messageCount: 3, unreadCount: 0 }],
  ],
  [
    listLabels,
    { data: [{ id: '7', page_label_name: 'Khách quen' }, { id: '8' }] },
    [
      { id: '7', name: 'Khách quen' },
      { id: '8', name: undefined },
    ],
  ],
  [labelsOf, { data: [{ id: '7', page_label_name: 'VIP' }] }, [{ id: '7', name: 'VIP' }]],
  [
    listPersonas,
    { data: [{ id: '17', name: 'Mai', profile_picture_url: 'https://cdn.example/1' }] },
    [{ id: '17', name: 'Mai', profilePictureUrl: 'https://cdn.example/1' }],
  ],
  [
    listBlocked,
    { data: [{ id: psid, name: 'Lan' }, { id: '7' }] },
    [{ id: psid, name: 'Lan' }, { id: '7' }],
  ],
  [
    listTemplates,
    {
      data: [
        {
          id: '5',
          name: 'da_gui',
          status: 'REJECTED',
          language: 'vi',
          rejected_reason: 'INCORRECT_PARAMS',
          components: [{ type: 'BODY', text: 'Đã gửi.' }, 'new'],
        },
      ],
    },
    [
      {
        id: '5',
        name: 'da_gui',
        status: 'REJECTED',
        language: 'vi',
        rejectedReason: 'INCORRECT_PARAMS',
        components: [{ type: 'BODY', text: 'Đã gửi.' }, 'new'],
      },
    ],
  ],
  [listLibrary, { data: [{ id: '5', name: 'x' }] }, [{ id: '5', name: 'x' }]],
  [
    searchStickers,
    { data: [{ id: '369239263222822', label: 'like', url: 'https://cdn.example/1' }] },
    [{ id: '369239263222822', label: 'like', url: 'https://cdn.example/1' }],
  ],
  [createPersona, { id: '17' }, { id: '17' }],
  [createLabel, { id: 7001 }, { id: '7001' }],
  [
    createTemplate,
    { id: '5', status: 'PENDING', category: 'UTILITY' },
    { id: '5', status: 'PENDING' },
  ],
  [
    upload,
    { attachment_id: '1745504518999123', extra: true },
    { attachmentId: '1745504518999123' },
  ],
  [upload, { attachment_id: 1745504518 }, { attachmentId: '1745504518' }],
];

it.each(good.map(([run, answer, value]) => ({ call: run.name, run, answer, value })))(
  'a good answer to $call is read: $answer',
  async ({ run, answer, value }) => {
    expect(await run(answered(answer))).toEqual(value);
  },
);

const lists = [
  listConversations,
  listMessages,
  listLabels,
  labelsOf,
  listPersonas,
  listBlocked,
  listTemplates,
  listLibrary,
  searchStickers,
];
const ids = [getPersona, getMessage, createPersona, createLabel, createTemplate, upload];

const bad: readonly (readonly [run: Run, answer: unknown])[] = [
  ...lists.flatMap((run): [Run, unknown][] => [
    [run, {}],
    [run, { data: {} }],
    [run, { data: [{ name: 'without an id' }] }],
    [run, { data: ['7'] }],
    [run, []],
    [run, null],
  ]),
  ...ids.flatMap((run): [Run, unknown][] => [
    [run, {}],
    [run, { id: null, attachment_id: null }],
    [run, { id: {}, attachment_id: 1.5 }],
    [run, 'OK'],
    [run, null],
  ]),
  [getOwner, {}],
  [getOwner, { data: null }],
  [getProfile, {}],
  [getProfile, { data: ['x'] }],
  [getSubscription, { success: true }],
  [getSubscription, { data: [{ subscribed_fields: [] }] }],
  [getUser, null],
  [getUser, []],
];

it.each(bad.map(([run, answer]) => ({ call: run.name, run, answer })))(
  'an answer to $call in another form is an error: $answer',
  async ({ run, answer }) => {
    const reading = run(answered(answer));
    await expect(reading).rejects.toBeInstanceOf(TransportError);
    await expect(reading).rejects.toMatchObject({
      reason: 'bad-response',
      kind: 'transient',
      outcome: 'unknown',
      code: 'HTTP 200',
    });
  },
);

it.each<[Run, answer: unknown, string]>([
  [getUser, null, 'has no known form'],
  [getProfile, {}, 'has no usable data'],
  [listLabels, { data: [{ id: null }] }, 'has no usable id'],
])('the error of an answer to %o that is %j says that it %s', async (run, answer, problem) => {
  await expect(run(answered(answer))).rejects.toThrow(problem);
});
