import { expect, it } from 'vitest';
import { EmulatorError } from './errors.ts';
import { createEmulator } from './index.ts';
import { type EmulatorOptions, settingsOf } from './options.ts';
import type { PageOptions } from './pages.ts';
import { createScene, pageId, secrets } from './testing/scene.ts';

const right: EmulatorOptions = {
  webhookUrl: 'http://localhost:3000/webhook',
  appSecret: secrets.appSecret,
  verifyToken: secrets.verifyToken,
  pages: [{ id: pageId, accessToken: secrets.accessToken }],
};

const page = (id: string, accessToken: string): PageOptions => ({ id, accessToken });

it.each([
  [{ webhookUrl: 'localhost:3000' }, /webhookUrl must be an http or https address, got "localhost/],
  [{ webhookUrl: 'nonsense' }, /webhookUrl/],
  [{ pages: [] }, /pages must name at least one Page/],
  [
    { pages: [{ id: 'page', accessToken: 'a' }] },
    // It may be the token, put into the wrong place.
    /^pages must have ids of 1 to 32 digits$/,
  ],
  [{ pages: [null] as never }, /^pages must be objects of id, name and accessToken$/],
  [{ pages: [{ ...page('1', 'a'), name: 7 as never }] }, /^pages must have names that are texts$/],
  [{ pages: [{ id: '1', accessToken: '' }] }, /^pages must have access tokens$/],
  [{ pages: [page('1', 'a'), page('1', 'b')] }, /pages must have different ids, got "1"/],
  [{ pages: [page('1', 'a'), page('2', 'a')] }, /^pages must have different access tokens$/],
  [{ eventsPerDelivery: 1001 }, /eventsPerDelivery must be an integer from 1 to 1000, got 1001/],
  [{ speed: 0 }, /speed must be more than 0/],
  [{ seed: -1 }, /seed/],
  [{ history: 0.5 }, /history/],
  [{ port: 70_000 }, /port must be an integer from 0 to 65535, got 70000/],
  [{ latencyMs: -1 }, /latencyMs/],
  [{ latencyMs: 2 ** 31 }, /latencyMs must be milliseconds, from 0 to 600000, got 2147483648/],
  [{ speed: 0.000_01 }, /redeliveryDelaysMs and speed: a pause must be at most 2147483647/],
  [{ redeliveryDelaysMs: [2 ** 31] }, /a pause must be at most 2147483647 milliseconds/],
  [{ redeliveryDelaysMs: 7 as never }, /redeliveryDelaysMs must hold milliseconds/],
  [{ people: 7 as never }, /people must be a list/],
  [{ people: [null] as never }, /people must have ids/],
  [{ redeliveryDelaysMs: [1, Number.NaN] }, /redeliveryDelaysMs/],
  [{ people: [{ psid: 'x', name: 'X' }] }, /people/],
  [{ people: [{ psid: '1', name: 'X', pageId: '2' }] }, /people must be of a Page, got "2"/],
  [{ appSecret: '' }, /^appSecret must be a non-empty string$/],
])('refuses %j by rule and value', (wrong, message) => {
  expect(() => settingsOf({ ...right, ...wrong })).toThrow(message);
  expect(() => settingsOf({ ...right, ...wrong })).toThrow(EmulatorError);
});

it('takes undefined for an option as its default', () => {
  const settings = settingsOf({ ...right, ...({ port: undefined } as object) });
  expect(settings).toMatchObject({ port: 0, host: '127.0.0.1', latencyMs: 0 });
});

it('says that a port is taken', async () => {
  const { emulator } = await createScene();
  const port = Number(new URL(emulator.url).port);
  const second = createEmulator({ ...right, port });
  await expect(second).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
  await expect(second).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});

it.each(['no-such-host.invalid', '203.0.113.7'])(
  'says that it cannot listen at %s, and leaves nothing open',
  async (host) => {
    const emulator = createEmulator({ ...right, host });
    await expect(emulator).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(/^host must be an address of this machine, got "/),
    });
  },
);

it('refuses a person whose id is not digits, and an empty text', async () => {
  const { emulator } = await createScene();
  expect(() => emulator.say('__proto__', 'chào')).toThrow('1 to 32 digits');
  expect(() => emulator.say('123', ' ')).toThrow('A message has 1 to 20000 characters');
});
