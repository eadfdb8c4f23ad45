import { expect, it } from 'vitest';

import { createGraphClient } from '../client.ts';
import { createFakeTransport } from '../testing/index.ts';

const signal = AbortSignal.abort();
const options = { signal };
const psid = '6912345678901234';
const url = 'https://example.com/mai.png';
const template = {
  name: 'da_gui',
  language: 'vi',
  components: [{ type: 'BODY', text: 'Đã gửi.' }],
};
const menu = [{ locale: 'vi_VN' }];

/** What each method is called with, the signal among it. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  'messages.send': [{ to: psid, message: { text: 'Xin chào' }, signal }],
  'messages.sendText': [{ to: psid, text: 'Xin chào', signal }],
  'messages.senderAction': [{ to: psid, action: 'typing_on', signal }],
  'messages.react': [{ to: psid, messageId: 'm_1', reaction: 'love', signal }],
  'messages.unreact': [{ to: psid, messageId: 'm_1', signal }],
  'attachments.upload': [{ type: 'image', url, signal }],
  'profile.get': [options],
  'profile.set': [{ getStarted: { payload: 'START' } }, options],
  'profile.delete': [['greeting'], options],
  'profile.setMenuOf': [psid, menu, options],
  'profile.deleteMenuOf': [psid, options],
  'users.get': [psid, options],
  'conversations.list': [options],
  'conversations.messages': ['t_1', options],
  'conversations.message': ['m_1', options],
  'threads.pass': [psid, '17', options],
  'threads.take': [psid, options],
  'threads.release': [psid, options],
  'threads.request': [psid, options],
  'threads.extend': [psid, 60, options],
  'threads.owner': [psid, options],
  'personas.create': [{ name: 'Mai', profilePictureUrl: url }, options],
  'personas.list': [options],
  'personas.get': ['17', options],
  'personas.delete': ['17', options],
  'labels.create': ['Khách quen', options],
  'labels.list': [options],
  'labels.of': [psid, options],
  'labels.delete': ['17', options],
  'labels.assign': ['17', psid, options],
  'labels.unassign': ['17', psid, options],
  'moderation.moderate': [[psid], ['block_user'], options],
  'moderation.blocked': [options],
  'subscriptions.subscribe': [['messages'], options],
  'subscriptions.get': [options],
  'subscriptions.repair': [['messages'], options],
  'subscriptions.unsubscribe': [options],
  'utilityTemplates.create': [template, options],
  'utilityTemplates.list': [options],
  'utilityTemplates.library': [options],
  'utilityTemplates.delete': ['da_gui', options],
  'stickers.packs': [options],
  'stickers.inPack': ['17', options],
  'stickers.search': ['cảm ơn', options],
};

const transport = createFakeTransport();
const graph = createGraphClient({ accessToken: 'token', transport, pipeline: [] });
const methods: ReadonlyMap<string, unknown> = new Map(
  Object.entries(graph).flatMap(([resource, made]: [string, unknown]) =>
    typeof made === 'object'
      ? Object.entries(made ?? {}).map(([name, run]) => [`${resource}.${name}`, run] as const)
      : [],
  ),
);

/** Waits for a promise, or for the first item of a list. */
async function ending(made: unknown): Promise<unknown> {
  const list = Object(made)[Symbol.asyncIterator]?.();
  return list === undefined ? made : list.next();
}

it.each([...methods])('%s sends nothing when its signal has aborted', async (name, run) => {
  const made = ending(Reflect.apply(run as () => unknown, undefined, calls[name] ?? []));
  await expect(made).rejects.toMatchObject({ reason: 'aborted', outcome: 'not-executed' });
  expect(transport.requests).toEqual([]);
});
