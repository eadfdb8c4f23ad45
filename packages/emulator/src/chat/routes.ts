import type { FastifyInstance } from 'fastify';
import { EmulatorError } from '../errors.ts';
import { isPsid, type Person } from '../people.ts';
import type { AttachmentKind, EmulatorChange, EmulatorState } from '../state.ts';
import { addPageFiles } from './files.ts';
import { isOwnPage } from './guard.ts';
import { newestMessages, type Snapshot, snapshotOf } from './snapshot.ts';
import { createStreams } from './stream.ts';

/** What the chat page's side needs from the rest of the emulator. */
export interface ChatOptions {
  readonly host: string;
  readonly page: Snapshot['page'];
  readonly pageFolder: URL;
  readonly webhookUrl: string;
  readonly state: EmulatorState;
  readonly now: () => number;
  readonly say: (psid: string, text: string) => unknown;
  readonly attach: (psid: string, kind: AttachmentKind) => unknown;
  readonly tap: (
    psid: string,
    title: string,
    where: { readonly mid?: string | undefined },
  ) => unknown;
  readonly read: (psid: string) => void;
  readonly addPerson: (name: string) => Person;
  readonly subscribe: (listener: (change: EmulatorChange) => void) => () => void;
}

type WithPsid = { Params: { psid: string } };
type Fields = Readonly<Record<string, unknown>>;

const attachmentKinds: readonly AttachmentKind[] = ['sticker', 'image', 'location'];
const NAME_LIMIT = 60;

/** Adds the chat page, its live events and its actions to the server. */
export function addChatRoutes(server: FastifyInstance, options: ChatOptions): void {
  const { state } = options;
  const streams = createStreams();
  const unsubscribe = options.subscribe((change) => {
    if (change.kind !== 'call' && change.kind !== 'delivery') streams.send('change', change);
  });
  // Before the server waits for its connections to end: these never would.
  server.addHook('preClose', async () => {
    unsubscribe();
    streams.close();
  });

  server.register(async (chat) => {
    chat.addHook('onRequest', async (request, reply) => {
      const { host, origin } = request.headers;
      if (!isOwnPage({ host, origin }, options.host)) {
        return reply.code(403).send({ error: 'Only the chat page itself may ask this' });
      }
      // A form of another page can post without asking first, but not JSON.
      const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
      if (request.method === 'POST' && !isJson) {
        return reply.code(415).send({ error: 'Post JSON' });
      }
      return undefined;
    });
    chat.setErrorHandler((error, _request, reply) => {
      if (error instanceof EmulatorError) return reply.code(400).send({ error: error.message });
      const status = (error as { statusCode?: number }).statusCode ?? 500;
      return reply.code(status).send({ error: status < 500 ? String(error) : 'Failed' });
    });

    addPageFiles(chat, options.pageFolder);
    chat.get('/chat/events', (_request, reply) => {
      const first = snapshotOf(state, options.page, options.webhookUrl, options.now());
      reply.hijack();
      streams.open(reply.raw, 'snapshot', first);
    });
    chat.get<WithPsid>('/chat/people/:psid/messages', async ({ params: { psid } }) => {
      requirePerson(state, psid);
      return { messages: newestMessages(state, psid) };
    });
    chat.post('/chat/people', async (request, reply) => {
      const name = fieldsOf(request.body)['name'];
      if (typeof name !== 'string' || name.trim() === '' || name.length > NAME_LIMIT) {
        throw new EmulatorError('INVALID_TEXT', `A name has 1 to ${NAME_LIMIT} characters`);
      }
      return reply.code(201).send(options.addPerson(name.trim()));
    });
    chat.post<WithPsid>('/chat/people/:psid/messages', async (request, reply) => {
      const { psid } = request.params;
      requirePerson(state, psid);
      const { text, attachment } = fieldsOf(request.body);
      const kind = attachmentKinds.find((known) => known === attachment);
      const sent =
        kind === undefined
          ? options.say(psid, typeof text === 'string' ? text : '')
          : options.attach(psid, kind);
      return reply.code(201).send(sent);
    });
    chat.post<WithPsid>('/chat/people/:psid/taps', async (request, reply) => {
      const { psid } = request.params;
      requirePerson(state, psid);
      const { title, mid } = fieldsOf(request.body);
      const where = typeof mid === 'string' ? { mid } : {};
      const tapped = options.tap(psid, typeof title === 'string' ? title : '', where);
      return reply.code(201).send(tapped);
    });
    chat.post<WithPsid>('/chat/people/:psid/read', async ({ params: { psid } }, reply) => {
      requirePerson(state, psid);
      options.read(psid);
      return reply.code(204).send();
    });
  });
}

function requirePerson(state: EmulatorState, psid: string): void {
  if (!isPsid(psid) || !(psid in state.conversations)) {
    throw new EmulatorError('INVALID_PSID', 'Nobody here has this id');
  }
}

function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? (body as Fields) : {};
}
