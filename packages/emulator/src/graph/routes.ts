import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { type Random, traceId } from '../random.ts';
import type { GraphCall } from '../state.ts';
import type { MediaType } from './attachments.ts';
import { authorize, credentialsOf, withoutCredentials } from './authorization.ts';
import { type Fields, fieldsOf, formOf } from './bodies.ts';
import { GraphRefusal, unknownPath } from './errors.ts';
import { createProfileCalls, type MessengerProfile } from './profile.ts';
import { createSends, type Knowledge, type Send } from './sends.ts';
import { createUploads, parseUpload } from './uploads.ts';
import { createUsage } from './usage.ts';

/** Versions that are alive (developers.facebook.com/docs/graph-api/changelog/versions, 2026-11). */
const versions = new Set(['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0']);
const newestVersion = 'v26.0';

/** What the Graph API's side needs from the rest of the emulator. */
export interface GraphOptions extends Omit<Knowledge, 'attachmentType'> {
  readonly pageId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly latencyMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the latency of calls when the emulator closes. */
  readonly signal: AbortSignal;
  readonly profile: () => MessengerProfile;
  readonly setProfile: (profile: MessengerProfile) => void;
  /** Does what was asked; answers the new message's id for a message. */
  readonly perform: (send: Send) => string | undefined;
  readonly onCall: (call: GraphCall) => void;
}

/** Above the largest upload, so that a file that is too large gets Meta's refusal. */
const FORM_BYTES = 64 * 1024 * 1024;

/** Adds Meta's side to the server: messages, attachments and profile, and refusals for the rest. */
export function addGraphRoutes(server: FastifyInstance, options: GraphOptions): void {
  const { accessToken, appSecret, clock, pageId, random } = options;
  const usage = createUsage(pageId);
  const uploads = createUploads(random);
  const profile = createProfileCalls(options.profile, options.setProfile);
  const parseSend = createSends({ ...options, attachmentType: (id) => uploads.typeOf(id) });

  function check(request: FastifyRequest, version: string, page: string): Fields {
    const body = request.body as Fields;
    const query = request.query as Fields;
    if (!versions.has(version)) {
      const message = `(#2635) You are calling a version of the API that does not exist or has expired. Please update to the latest version: ${newestVersion}.`;
      throw new GraphRefusal('OAuthException', 2635, message);
    }
    const credentials = credentialsOf(request.headers.authorization, query, body);
    authorize(credentials, { accessToken, appSecret, nowMs: clock.now() });
    if (page !== 'me' && page !== pageId) {
      const message = `Unsupported ${request.method.toLowerCase()} request. Object with ID '${page}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
      throw new GraphRefusal('GraphMethodException', 100, message, 33);
    }
    return withoutCredentials(request.method === 'GET' ? query : body);
  }

  function record(request: FastifyRequest, status: number, at: number, errorCode?: number): void {
    const ms = clock.now() - at;
    usage.count(at, ms);
    options.onCall({
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      status,
      ...(errorCode === undefined ? {} : { errorCode }),
      at,
      ms,
    });
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => unknown,
  ): Promise<unknown> {
    const at = clock.now();
    if (options.latencyMs > 0) await clock.sleep(options.latencyMs, options.signal);
    let status = 200;
    let errorCode: number | undefined;
    let body: unknown;
    try {
      body = work();
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      status = 400;
      errorCode = error.code;
      body = error.body(traceId(random));
    }
    record(request, status, at, errorCode);
    return reply
      .code(status)
      .header('facebook-api-version', newestVersion)
      .header('x-business-use-case-usage', usage.header(clock.now()))
      .send(body);
  }

  server.register(async (graph) => {
    graph.removeAllContentTypeParsers();
    // Graph reads what it can and then misses the parameters of what it could not read.
    graph.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
      const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
      done(null, isJson ? fieldsOf(String(text)) : {});
    });
    graph.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: FORM_BYTES },
      async (request: FastifyRequest, bytes: Buffer) =>
        formOf(bytes, request.headers['content-type'] ?? ''),
    );
    graph.addHook('preHandler', async (request) => {
      request.body ??= {};
    });

    function take(
      method: 'GET' | 'POST' | 'DELETE',
      name: string,
      work: (parameters: Fields) => unknown,
    ): void {
      graph.route<{ Params: { version: string; page: string } }>({
        method,
        url: `/:version/:page/${name}`,
        handler: (request, reply) =>
          answer(request, reply, () =>
            work(check(request, request.params.version, request.params.page)),
          ),
      });
    }

    take('POST', 'messages', (body) => {
      const send = parseSend(body);
      const mid = options.perform(send);
      const saved = reusable(send);
      return {
        recipient_id: send.psid,
        message_id: mid,
        attachment_id: saved === undefined ? undefined : uploads.add(saved),
      };
    });
    take('POST', 'message_attachments', (body) => ({
      attachment_id: uploads.add(parseUpload(body)),
    }));
    take('GET', 'messenger_profile', profile.get);
    take('POST', 'messenger_profile', profile.set);
    take('DELETE', 'messenger_profile', profile.remove);
    graph.all('/*', (request, reply) =>
      answer(request, reply, () => {
        const path = request.url.split('?', 1)[0] ?? '';
        throw unknownPath(path.replace(/^\/v\d+\.\d+(?=\/)/, ''));
      }),
    );
  });
}

/** An attachment sent by its address with `is_reusable` is saved, and its id answered. */
function reusable(send: Send): MediaType | undefined {
  const attachment = send.kind === 'message' ? send.message.attachment : undefined;
  if (attachment === undefined || attachment.type === 'template') return undefined;
  const { is_reusable, url } = attachment.payload;
  return is_reusable === true && url !== undefined ? attachment.type : undefined;
}
