import { createGraphClient, GraphApiError, PAGE_INBOX_APP_ID } from '@bot/graph-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import type { Emulator } from '../emulator.ts';
import { createScene, minhQuan, pageId, secrets, thuHa } from '../testing/scene.ts';

type Client = ReturnType<typeof createGraphClient>;

const url = 'https://quan.example/sen.png';
const button = { type: 'postback', title: 'Gọi món', payload: 'ORDER' } as const;

function clientOf({ url: baseUrl }: Emulator, accessToken: string = secrets.accessToken): Client {
  const { appSecret } = secrets;
  const client = createGraphClient({ baseUrl, accessToken, appSecret, pageId });
  onTestFinished(() => client.close());
  return recorded(client);
}

/** Every method of the client that these tests have called. */
const called = new Set<string>();

function methodsOf(client: Client): string[] {
  return Object.entries(client).flatMap(([resource, methods]) =>
    typeof methods === 'object' && methods !== null
      ? Object.keys(methods).map((method) => `${resource}.${method}`)
      : [],
  );
}

/** The client, which notes what is called of its resources. */
function recorded(client: Client): Client {
  return new Proxy(client, {
    get(target, resource: string) {
      const methods: unknown = Reflect.get(target, resource);
      if (typeof methods !== 'object' || methods === null) return methods;
      return new Proxy(methods, {
        get(inner, method: string) {
          called.add(`${resource}.${method}`);
          return Reflect.get(inner, method) as unknown;
        },
      });
    },
  });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('what the client asks', () => {
  it('of a person is told in the fields that were asked for', async () => {
    const { emulator } = await createScene();
    const { users } = clientOf(emulator);
    await expect(users.get(thuHa)).resolves.toEqual({
      id: thuHa,
      name: 'Nguyễn Thu Hà',
      firstName: 'Hà',
      lastName: 'Nguyễn Thu',
      profilePic: `${emulator.url}/picture.svg`,
    });
    const fields = ['locale', 'timezone'] as const;
    await expect(users.get('24819003751462083', { fields })).resolves.toEqual({
      id: '24819003751462083',
      locale: 'en_US',
      timezone: -5,
    });
    const gone = { code: 100, subcode: 33 };
    await expect(users.get('9999999999999999')).rejects.toMatchObject(gone);
  });

  it('of conversations comes page after page, with details of the 20 newest messages', async () => {
    const { emulator } = await createScene();
    const { conversations } = clientOf(emulator);
    for (let index = 0; index < 30; index += 1) emulator.say(thuHa, `tin ${index}`);
    emulator.say(minhQuan, 'alo');
    const found = await all(conversations.list());
    expect(found.map(({ id, messageCount }) => [id, messageCount])).toEqual(
      expect.arrayContaining([
        [`t_${thuHa}`, 30],
        [`t_${minhQuan}`, 1],
      ]),
    );
    await expect(all(conversations.list({ psid: minhQuan }))).resolves.toHaveLength(1);

    const messages = await all(conversations.messages(`t_${thuHa}`));
    expect(messages).toHaveLength(30);
    expect(messages.filter(({ message }) => message !== undefined)).toHaveLength(20);
    expect(messages[0]).toMatchObject({ message: 'tin 29', from: { id: thuHa } });
    const [newest] = messages;
    await expect(conversations.message(newest?.id ?? '')).resolves.toEqual(newest);
  });

  it('of labels and personas is kept', async () => {
    const { emulator } = await createScene();
    const { labels, personas } = clientOf(emulator);
    const { id } = await labels.create('Khách quen');
    await expect(labels.create('Khách quen')).resolves.toEqual({ id });
    await labels.assign(id, thuHa);
    await expect(all(labels.of(thuHa))).resolves.toEqual([{ id, name: 'Khách quen' }]);
    await labels.unassign(id, thuHa);
    await expect(all(labels.of(thuHa))).resolves.toEqual([]);
    await expect(all(labels.list())).resolves.toHaveLength(1);
    await labels.delete(id);
    await expect(all(labels.list())).resolves.toEqual([]);

    const lan = await personas.create({ name: 'Chị Lan', profilePictureUrl: url });
    const shown = { id: lan.id, name: 'Chị Lan', profilePictureUrl: url };
    await expect(personas.get(lan.id)).resolves.toEqual(shown);
    await expect(all(personas.list())).resolves.toEqual([shown]);
    await personas.delete(lan.id);
    await expect(personas.get(lan.id)).rejects.toMatchObject({ code: 100, subcode: 33 });
  });

  it('of blocking, of stickers and of a menu for one person', async () => {
    const { emulator } = await createScene();
    const { moderation, profile } = clientOf(emulator);
    await moderation.moderate([thuHa], ['block_user']);
    await expect(all(moderation.blocked())).resolves.toEqual([
      { id: thuHa, name: 'Nguyễn Thu Hà' },
    ]);
    await moderation.moderate([thuHa], ['unblock_user', 'move_to_spam']);
    await expect(all(moderation.blocked())).resolves.toEqual([]);

    const { stickers } = clientOf(emulator, `${EMULATED_APP_ID}|${secrets.appSecret}`);
    const [pack] = await all(stickers.packs());
    await expect(all(stickers.inPack(pack?.id ?? ''))).resolves.toHaveLength(1);
    await expect(all(stickers.search('thích', { locale: 'vi_VN' }))).resolves.toHaveLength(1);
    await expect(all(clientOf(emulator).stickers.packs())).rejects.toMatchObject({ code: 15 });

    await profile.setMenuOf(thuHa, [{ locale: 'default', callToActions: [button] }]);
    emulator.tap(thuHa, 'Gọi món');
    await profile.deleteMenuOf(thuHa);
    expect(() => emulator.tap(thuHa, 'Gọi món')).toThrow(/nothing to tap/);
  });

  it('of threads decides who may send, and what is standby', async () => {
    const { emulator, webhook } = await createScene();
    const { messages, threads } = clientOf(emulator);
    await expect(threads.owner(thuHa)).resolves.toBeUndefined();
    await threads.pass(thuHa, PAGE_INBOX_APP_ID, { metadata: 'khách cần người' });
    await expect(threads.owner(thuHa)).resolves.toBe(PAGE_INBOX_APP_ID);
    const text = { to: thuHa, text: 'Chào bạn' };
    const owned = { code: 10, subcode: 2018300, kind: 'thread-owned' };
    await expect(messages.sendText(text)).rejects.toMatchObject(owned);
    await expect(threads.release(thuHa)).rejects.toMatchObject(owned);
    await threads.request(thuHa);
    emulator.say(thuHa, 'còn đó không?');
    await emulator.idle();
    expect(webhook.posts.at(-1)?.body.entry[0]).toMatchObject({
      id: pageId,
      standby: [{ message: { text: 'còn đó không?' } }],
    });

    await threads.take(thuHa);
    await threads.extend(thuHa, 60);
    await expect(threads.owner(thuHa)).resolves.toBe(String(EMULATED_APP_ID));
    await messages.sendText(text);
    await threads.release(thuHa);
    await expect(threads.owner(thuHa)).resolves.toBeUndefined();
  });

  it('of subscriptions decides what is delivered', async () => {
    const { emulator, webhook } = await createScene();
    const { messages, subscriptions } = clientOf(emulator);
    await subscriptions.subscribe(['messages']);
    await expect(subscriptions.get()).resolves.toEqual({
      appId: String(EMULATED_APP_ID),
      fields: ['messages'],
    });
    emulator.say(thuHa, 'chào');
    await messages.sendText({ to: thuHa, text: 'không có echo' });
    await emulator.idle();
    expect(webhook.posts).toHaveLength(1);
    await expect(subscriptions.repair(['messages', 'message_echoes'])).resolves.toEqual({
      added: ['message_echoes'],
    });
    await subscriptions.unsubscribe();
    await expect(subscriptions.get()).resolves.toBeUndefined();
    emulator.say(thuHa, 'không ai nghe');
    await emulator.idle();
    expect(webhook.posts).toHaveLength(1);
    await expect(subscriptions.subscribe(['mesages'])).rejects.toBeInstanceOf(GraphApiError);
  });

  it('of utility templates is approved at once, told, and may be sent outside the window', async () => {
    const people = [{ psid: thuHa, name: 'Nguyễn Thu Hà' }];
    const { emulator, webhook } = await createScene({ people });
    const { messages, utilityTemplates } = clientOf(emulator);
    const template = {
      name: 'don_hang_da_gui',
      language: 'vi',
      components: [{ type: 'BODY', text: 'Đơn {{1}} đã gửi.' }],
    } as const;
    const { id, status } = await utilityTemplates.create(template);
    expect(status).toBe('APPROVED');
    await expect(utilityTemplates.create(template)).rejects.toMatchObject({ code: 100 });
    await expect(all(utilityTemplates.list({ name: template.name }))).resolves.toMatchObject([
      { id, status: 'APPROVED' },
    ]);
    await expect(all(utilityTemplates.library({ language: 'vi' }))).resolves.toHaveLength(1);
    await emulator.idle();
    expect(webhook.posts[0]?.body.entry[0]?.changes).toMatchObject([
      { field: 'message_template_status_update', value: { message_template_name: template.name } },
    ]);

    const closed = { code: 10, subcode: 2018278, kind: 'window-closed' };
    await expect(messages.sendText({ to: thuHa, text: 'Chào' })).rejects.toMatchObject(closed);
    const utility = { name: template.name, language: 'vi', components: [] };
    await messages.send({ to: thuHa, message: { utility } });
    await utilityTemplates.delete(template.name);
    await expect(messages.send({ to: thuHa, message: { utility } })).rejects.toMatchObject({
      code: 100,
    });
  });

  it('of the Page itself, and in a batch of calls', async () => {
    const { emulator } = await createScene();
    const client = clientOf(emulator);
    await expect(
      client.call({ method: 'GET', path: 'me', query: { fields: 'name' } }),
    ).resolves.toEqual({ id: pageId, name: 'Tiệm Trà Nhỏ' });
    const send = (id: string): object => ({
      method: 'POST',
      path: `${pageId}/messages`,
      body: { recipient: { id }, messaging_type: 'RESPONSE', message: { text: 'Chào 50%' } },
    });
    const batch = [
      { method: 'GET', path: thuHa, query: { fields: 'name' } },
      send(thuHa),
      send('9999999999999999'),
    ] as Parameters<Client['batch']>[0];
    const results = await client.batch(batch);
    expect(results).toMatchObject([
      { ok: true, value: { name: 'Nguyễn Thu Hà' } },
      { ok: true, value: { recipient_id: thuHa } },
      { ok: false, error: { code: 100, subcode: 2018001 } },
    ]);
    expect(emulator.state.conversations[thuHa]?.messages).toMatchObject([{ text: 'Chào 50%' }]);
    expect(emulator.state.calls).toHaveLength(4);
  });

  it('of messages and attachments', async () => {
    const { emulator } = await createScene();
    const { attachments, messages, profile } = clientOf(emulator);
    const { attachmentId } = await attachments.upload({ type: 'image', url });
    const attachment = { type: 'image', attachmentId } as const;
    const { messageId } = await messages.send({ to: thuHa, message: { attachment } });
    await messages.senderAction({ to: thuHa, action: 'typing_on' });
    await messages.react({ to: thuHa, messageId: messageId ?? '', reaction: 'love' });
    await messages.unreact({ to: thuHa, messageId: messageId ?? '' });
    await profile.set({ getStarted: { payload: 'START' } });
    await profile.delete(['getStarted']);
    await expect(profile.get()).resolves.toEqual({});
    expect(emulator.state.calls.map(({ status }) => status)).not.toContain(400);
  });

  it('is all that the client can ask', async () => {
    const { emulator } = await createScene();
    const methods = methodsOf(clientOf(emulator));
    expect(methods.length).toBeGreaterThan(35);
    expect(methods.filter((method) => !called.has(method))).toEqual([]);
  });
});
