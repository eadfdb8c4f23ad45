import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EmulatorError } from '../errors.ts';
import type { Emulator } from '../emulator.ts';
import { isPsid } from '../people.ts';
import { newestMessages, timelineOf } from './snapshot.ts';

type OfPerson = { Params: { psid: string } };

const newPerson = z.object({
  name: z.string().trim().min(1).max(60),
  pageId: z.string().optional(),
});
const words = z.object({ text: z.string(), replyTo: z.string().optional() });
const attachment = z.object({ attachment: z.enum(['sticker', 'image', 'location']) });
const tap = z.object({ title: z.string(), mid: z.string().optional() });
const reaction = z.object({ mid: z.string(), reaction: z.string().nullable() });
const edit = z.object({ mid: z.string(), text: z.string() });
const block = z.object({ blocked: z.boolean() });
const human = z.object({ text: z.string() });
const thread = z.object({ to: z.enum(['inbox', 'bot', 'nobody']) });

/** What the chat page lets a person do, and a human who answers for the Page. */
export function addPersonRoutes(chat: FastifyInstance, emulator: Emulator): void {
  const { state } = emulator;

  function requirePerson(psid: string): string {
    if (isPsid(psid) && psid in state.conversations) return psid;
    throw new EmulatorError('INVALID_PSID', 'Nobody here has this id');
  }

  /** An action that answers what was made, or nothing. */
  function act<Body>(
    name: string,
    schema: z.ZodType<Body>,
    work: (psid: string, body: Body) => unknown,
  ): void {
    chat.post<OfPerson>(`/chat/people/:psid/${name}`, async ({ params, body }, reply) => {
      const made = work(requirePerson(params.psid), read(schema, body));
      return made === undefined ? reply.code(204).send() : reply.code(201).send(made);
    });
  }

  chat.get<OfPerson>('/chat/people/:psid/messages', async ({ params }) => ({
    messages: newestMessages(state, requirePerson(params.psid)),
  }));
  chat.get<OfPerson>('/chat/people/:psid/timeline', async ({ params }) =>
    timelineOf(state, requirePerson(params.psid)),
  );
  chat.post('/chat/people', async ({ body }, reply) => {
    const { name, pageId } = read(newPerson, body);
    const person = emulator.addPerson({ name, ...(pageId === undefined ? {} : { pageId }) });
    return reply.code(201).send(person);
  });
  act('messages', z.union([words, attachment]), (psid, body) =>
    'attachment' in body
      ? emulator.attach(psid, body.attachment)
      : emulator.say(psid, body.text, body),
  );
  act('taps', tap, (psid, { title, mid }) => emulator.tap(psid, title, { mid }));
  act('read', z.object({}), (psid) => emulator.read(psid));
  act('reactions', reaction, (psid, body) =>
    emulator.react(psid, body.mid, body.reaction ?? undefined),
  );
  act('edits', edit, (psid, { mid, text }) => emulator.edit(psid, mid, text));
  act('block', block, (psid, { blocked }) => emulator.block(psid, blocked));
  act('human', human, (psid, { text }) => emulator.sayAsHuman(psid, text));
  act('thread', thread, (psid, { to }) => {
    if (to === 'nobody') emulator.releaseThread(psid);
    else if (to === 'inbox') emulator.takeThread(psid);
    else emulator.passThread(psid, 'bot');
  });
}

/** The body of an action; refuses a wrong one by the field's name. */
export function read<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new EmulatorError('INVALID_EVENT', `${issue?.path.join('.')}: ${issue?.message}`);
}
