import { expect, it } from 'vitest';
import { EmulatorError } from './errors.ts';
import { createEmulator } from './index.ts';
import { type EmulatorOptions, settingsOf } from './options.ts';
import { createScene, pageId, secrets } from './testing/scene.ts';

const right: EmulatorOptions = { webhookUrl: 'http://localhost:3000/webhook', pageId, ...secrets };

it.each([
  [{ webhookUrl: 'localhost:3000' }, /webhookUrl must be an http or https address, got "localhost/],
  [{ webhookUrl: 'nonsense' }, /webhookUrl/],
  [{ pageId: 'page' }, /pageId must be 1 to 32 digits, got "page"/],
  [{ port: 70_000 }, /port must be an integer from 0 to 65535, got 70000/],
  [{ latencyMs: -1 }, /latencyMs/],
  [{ redeliveryDelaysMs: [1, Number.NaN] }, /redeliveryDelaysMs/],
  [{ people: [{ psid: 'x', name: 'X' }] }, /people/],
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

it('refuses a person whose id is not digits, and an empty text', async () => {
  const { emulator } = await createScene();
  expect(() => emulator.say('__proto__', 'chào')).toThrow('1 to 32 digits');
  expect(() => emulator.say('123', ' ')).toThrow('A message has 1 to 20000 characters');
});
