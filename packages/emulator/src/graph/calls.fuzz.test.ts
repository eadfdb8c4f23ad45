import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createScene, secrets, thuHa } from '../testing/scene.ts';
import { url } from '../testing/templates.ts';

const objects = ['me', thuHa, `t_${thuHa}`, 'sticker_packs', 'message_template_library'];
const edges = `messages message_attachments messenger_profile custom_user_settings conversations
  pass_thread_control take_thread_control release_thread_control request_thread_control
  extend_thread_control thread_owner blocked moderate_conversations subscribed_apps
  message_templates custom_labels personas`.split(/\s+/);
const names = `recipient message id text attachment attachments type payload elements url fields
  template_type sender_action quick_replies limit after before persistent_menu locale psid user
  call_to_actions user_ids actions name language components thread_control control_type app_id
  reply_to mid subscribed_fields messaging_type tag params duration target_app_id metadata example
  buttons batch __proto__ constructor toString valueOf`.split(/\s+/);
const words = [
  thuHa,
  url,
  'template',
  'generic',
  'image',
  'typing_on',
  'react',
  'UTILITY',
  '\ud800',
];

const key = fc.constantFrom(...names);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...words, null, true, 0, -1, 1e308),
  fc.string({ unit: 'binary' }),
  fc.double(),
);
const value = fc.letrec((part) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(part('any'), { maxLength: 3 }),
    fc.dictionary(key, part('any'), { maxKeys: 5 }),
  ),
})).any;

it('whatever is asked, Graph answers or refuses, and what was asked is kept as plain data', async () => {
  const { emulator } = await createScene({ requireProof: false });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'),
      fc.tuple(fc.constantFrom(...objects), fc.constantFrom(...edges, '')),
      fc.dictionary(key, value, { maxKeys: 6 }),
      fc.boolean(),
      async (method, path, parameters, isJson) => {
        const form = new URLSearchParams();
        for (const [name, given] of Object.entries(parameters)) {
          form.set(name, typeof given === 'string' ? given : JSON.stringify(given));
        }
        const address = `${emulator.url}/v26.0/${path.join('/')}`;
        const authorization = `Bearer ${secrets.accessToken}`;
        const inBody = method !== 'GET';
        const answer = await fetch(inBody ? address : `${address}?${form.toString()}`, {
          method,
          headers: { authorization, ...(isJson && { 'content-type': 'application/json' }) },
          ...(inBody && { body: isJson ? JSON.stringify(parameters) : form }),
        });
        expect([200, 400]).toContain(answer.status);
        const told = (await answer.json()) as { readonly error?: unknown };
        const code = { code: expect.any(Number), fbtrace_id: expect.any(String) };
        expect(told.error ?? code).toMatchObject(code);
        expect(told.error === undefined).toBe(answer.status === 200);
      },
    ),
    { numRuns: 400 },
  );
  expect(JSON.parse(JSON.stringify(emulator.state.calls))).toHaveLength(400);
});
