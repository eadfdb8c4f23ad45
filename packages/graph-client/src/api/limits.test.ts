import { describe, expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import type { GraphClient } from '../client.ts';
import { createFakeTransport } from '../testing/index.ts';
import type { FakeTransport } from '../testing/index.ts';
import type { PersistentMenu } from './messenger-profile.ts';
import type { UtilityTemplatePart } from './utility-templates.ts';

const psid = '6912345678901234';
const url = 'https://example.com/mai.png';

async function drain(list: AsyncIterable<unknown>): Promise<void> {
  for await (const item of list) expect(item).toBeDefined();
}

const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
/** Every text here is made of this letter, so that an error that quotes one is found out. */
const words = (count: number): string => 'ữ'.repeat(count);
const locale = 'vi_VN';
const postback = { type: 'postback', title: 'Mua', payload: 'BUY' } as const;
const question = { question: 'Giá?', payload: 'PRICE' };
const command = { name: 'menu', description: 'Xem' };
const link = { type: 'URL', text: 'Xem', url } as const;
const body = { type: 'BODY', text: 'Đã gửi {{1}}.' } as const;

const create = (
  { utilityTemplates }: GraphClient,
  ...components: readonly UtilityTemplatePart[]
): Promise<unknown> => utilityTemplates.create({ name: 'da_gui', language: 'vi', components });
const setQuestion = ({ profile }: GraphClient, more: object): Promise<unknown> =>
  profile.set({ iceBreakers: [{ locale, callToActions: [{ ...question, ...more }] }] });
const setCommand = ({ profile }: GraphClient, more: object): Promise<unknown> =>
  profile.set({ commands: [{ locale, commands: [{ ...command, ...more }] }] });
const menuOf = (more: object): [PersistentMenu] => [
  { locale, callToActions: [{ ...postback, ...more }] },
];

type Limit = readonly [
  field: string,
  least: number,
  most: number,
  run: (graph: GraphClient, count: number) => Promise<unknown>,
];

const limits: readonly Limit[] = [
  [
    'profile.getStarted.payload',
    1,
    1000,
    ({ profile }, count) => profile.set({ getStarted: { payload: words(count) } }),
  ],
  [
    'profile.greeting[0].text',
    1,
    160,
    ({ profile }, count) => profile.set({ greeting: [{ locale, text: words(count) }] }),
  ],
  [
    'profile.iceBreakers[0].callToActions',
    1,
    4,
    ({ profile }, count) =>
      profile.set({ iceBreakers: [{ locale, callToActions: many(count, question) }] }),
  ],
  [
    'profile.iceBreakers[0].callToActions[0].question',
    1,
    80,
    (graph, count) => setQuestion(graph, { question: words(count) }),
  ],
  [
    'profile.iceBreakers[0].callToActions[0].payload',
    1,
    1000,
    (graph, count) => setQuestion(graph, { payload: words(count) }),
  ],
  [
    'profile.commands[0].commands[0].name',
    1,
    32,
    (graph, count) => setCommand(graph, { name: words(count) }),
  ],
  [
    'profile.commands[0].commands[0].description',
    1,
    64,
    (graph, count) => setCommand(graph, { description: words(count) }),
  ],
  [
    'profile.persistentMenu[0].callToActions',
    1,
    20,
    ({ profile }, count) =>
      profile.set({ persistentMenu: [{ locale, callToActions: many(count, postback) }] }),
  ],
  [
    'profile.persistentMenu[0].callToActions[0].title',
    1,
    30,
    ({ profile }, count) => profile.set({ persistentMenu: menuOf({ title: words(count) }) }),
  ],
  [
    'profile.persistentMenu[0].callToActions[0].payload',
    1,
    1000,
    ({ profile }, count) => profile.setMenuOf(psid, menuOf({ payload: words(count) })),
  ],
  [
    'profile.commands[0].commands',
    1,
    100,
    ({ profile }, count) => profile.set({ commands: [{ locale, commands: many(count, command) }] }),
  ],
  [
    'profile.whitelistedDomains',
    1,
    50,
    ({ profile }, count) => profile.set({ whitelistedDomains: many(count, url) }),
  ],
  ['thread.durationSeconds', 1, 604_800, ({ threads }, count) => threads.extend(psid, count)],
  [
    'thread.metadata',
    0,
    1000,
    ({ threads }, count) => threads.take(psid, { metadata: words(count) }),
  ],
  [
    'persona.name',
    1,
    50,
    ({ personas }, count) => personas.create({ name: words(count), profilePictureUrl: url }),
  ],
  ['label.name', 1, 100, ({ labels }, count) => labels.create(words(count))],
  [
    'moderation.psids',
    1,
    10,
    ({ moderation }, count) => moderation.moderate(many(count, psid), ['block_user']),
  ],
  ['sticker.words', 1, 200, async ({ stickers }, count) => drain(stickers.search(words(count)))],
  [
    'action.to',
    1,
    32,
    ({ messages }, count) => messages.senderAction({ to: '7'.repeat(count), action: 'typing_on' }),
  ],
  [
    'reaction.messageId',
    1,
    1000,
    ({ messages }, count) => messages.unreact({ to: psid, messageId: 'm'.repeat(count) }),
  ],
  [
    'reaction.reaction',
    1,
    64,
    ({ messages }, count) => messages.react({ to: psid, messageId: 'm_1', reaction: words(count) }),
  ],
  [
    'conversation.id',
    1,
    1000,
    async ({ conversations }, count) => drain(conversations.messages('t'.repeat(count))),
  ],
  [
    'template.name',
    1,
    512,
    ({ utilityTemplates }, count) =>
      utilityTemplates.create({ name: 'a'.repeat(count), language: 'vi', components: [body] }),
  ],
  [
    'template.components[0].text',
    1,
    1024,
    (graph, count) => create(graph, { ...body, text: words(count) }),
  ],
  [
    'template.components[1].text',
    1,
    60,
    (graph, count) => create(graph, body, { type: 'HEADER', format: 'TEXT', text: words(count) }),
  ],
  [
    'template.components[1].buttons',
    1,
    3,
    (graph, count) => create(graph, body, { type: 'BUTTONS', buttons: many(count, link) }),
  ],
  [
    'template.components[1].buttons[0].text',
    1,
    25,
    (graph, count) =>
      create(graph, body, { type: 'BUTTONS', buttons: [{ ...link, text: words(count) }] }),
  ],
  [
    'template.components[1].buttons[0].text',
    1,
    25,
    (graph, count) =>
      create(graph, body, { type: 'BUTTONS', buttons: [{ type: 'POSTBACK', text: words(count) }] }),
  ],
  [
    'template.components[1].buttons[0].payload',
    1,
    1000,
    (graph, count) =>
      create(graph, body, {
        type: 'BUTTONS',
        buttons: [{ type: 'POSTBACK', text: 'Xem', payload: words(count) }],
      }),
  ],
];

const taking = (): FakeTransport =>
  createFakeTransport({ otherwise: () => ({ body: { id: '1', data: [] } }) });
const clientOf = (transport: FakeTransport): GraphClient =>
  createGraphClient({ accessToken: 'token', transport, pipeline: [] });

describe.each(limits)('%s', (field, least, most, run) => {
  it.each([least, most])('takes %d', async (count) => {
    const transport = taking();
    await run(clientOf(transport), count);
    expect(transport.requests).toHaveLength(1);
  });

  it.each(least === 0 ? [most + 1] : [least - 1, most + 1])('refuses %d', async (count) => {
    const transport = taking();
    await expect(run(clientOf(transport), count)).rejects.toMatchObject({
      name: `RequestError [${field}]`,
      message: expect.not.stringContaining(words(1)),
    });
    expect(transport.requests).toEqual([]);
  });
});
