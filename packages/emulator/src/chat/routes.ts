import type { FastifyInstance } from 'fastify';
import { EmulatorError } from '../errors.ts';
import type { Uploads } from '../graph/uploads.ts';
import type { Emulator } from '../emulator.ts';
import type { Settings } from '../options.ts';
import { addPageFiles } from './files.ts';
import { isOwnPage } from './guard.ts';
import { addPanelRoutes } from './panel-routes.ts';
import { addPersonRoutes } from './person-routes.ts';
import { snapshotOf } from './snapshot.ts';
import { createStreams } from './stream.ts';

/** What the chat page's side needs from the rest of the emulator. */
export interface ChatOptions extends Pick<Settings, 'clock' | 'host' | 'webhookUrl'> {
  readonly emulator: Emulator;
  readonly uploads: Uploads;
  readonly pageFolder: URL;
}

/** Adds the chat page, its live events and its actions to the server. */
export function addChatRoutes(server: FastifyInstance, options: ChatOptions): void {
  const { clock, emulator, uploads, webhookUrl } = options;
  const streams = createStreams();
  const unsubscribe = emulator.subscribe((change) => streams.send('change', change));
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

    await addPageFiles(chat, options.pageFolder);
    addPersonRoutes(chat, emulator);
    addPanelRoutes(chat, emulator);
    chat.get('/chat/events', (_request, reply) => {
      const first = snapshotOf(emulator.state, webhookUrl, emulator.seed, clock.now());
      reply.hijack();
      streams.open(reply.raw, 'snapshot', first);
    });
    chat.get<{ Params: { id: string } }>('/files/:id', async ({ params: { id } }, reply) => {
      const content = uploads.get(id)?.content;
      if (content === undefined) throw new EmulatorError('NOT_FOUND', `No attachment ${id}`);
      if ('url' in content) return reply.redirect(new URL(content.url).href);
      // As a file of its own it could carry a script: it is shown, never run.
      return reply
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .type(content.contentType)
        .send(content.bytes);
    });
  });
}
