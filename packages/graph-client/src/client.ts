import { createAttachments } from './api/attachments.ts';
import type { Attachments } from './api/attachments.ts';
import { createBatch } from './api/batch.ts';
import type { Batch } from './api/batch.ts';
import { createConversations } from './api/conversations.ts';
import type { Conversations } from './api/conversations.ts';
import { createLabels } from './api/labels.ts';
import type { Labels } from './api/labels.ts';
import { createMessages } from './api/messages.ts';
import type { Messages } from './api/messages.ts';
import { createMessengerProfile } from './api/messenger-profile.ts';
import type { MessengerProfile } from './api/messenger-profile.ts';
import { createModeration } from './api/moderation.ts';
import type { Moderation } from './api/moderation.ts';
import { createPersonas } from './api/personas.ts';
import type { Personas } from './api/personas.ts';
import { createStickers } from './api/stickers.ts';
import type { Stickers } from './api/stickers.ts';
import { createSubscriptions } from './api/subscriptions.ts';
import type { Subscriptions } from './api/subscriptions.ts';
import { createThreads } from './api/threads.ts';
import type { Threads } from './api/threads.ts';
import { createUsers } from './api/users.ts';
import type { Users } from './api/users.ts';
import { createUtilityTemplates } from './api/utility-templates.ts';
import type { UtilityTemplates } from './api/utility-templates.ts';
import { createCaller } from './call.ts';
import { TransportError } from './errors.ts';
import type { GraphCall, MakeCall } from './graph-call.ts';
import { resolveOptions } from './options.ts';
import type { GraphClientOptions } from './options.ts';
import { createTransport } from './transport.ts';
import { createVersionWatch } from './versions.ts';

/** Speaks for one Page. */
export interface GraphClient {
  readonly messages: Messages;
  readonly attachments: Attachments;
  readonly profile: MessengerProfile;
  readonly users: Users;
  readonly conversations: Conversations;
  readonly threads: Threads;
  readonly personas: Personas;
  readonly labels: Labels;
  readonly moderation: Moderation;
  readonly subscriptions: Subscriptions;
  readonly utilityTemplates: UtilityTemplates;
  readonly stickers: Stickers;
  /**
   * Up to 50 calls in one request, with a result for each. Graph may carry them out in any order
   * and counts each against the limits; keep typing indicators and messages in separate batches.
   *
   * @example
   * const [first] = await graph.batch([{ method: 'GET', path: psid, query: { fields: 'name' } }]);
   * if (first?.ok) console.log(first.value);
   *
   * @throws As {@link Messages.send}, when the batch as a whole fails.
   * @see https://developers.facebook.com/docs/graph-api/batch-requests
   */
  readonly batch: Batch;
  /**
   * Any other call. Answers with Graph's JSON, read by `parse` when there is one.
   *
   * @example
   * const answer = await graph.call({ method: 'GET', path: 'me', query: { fields: 'name' } });
   * const { name } = await graph.call({ method: 'GET', path: 'me', parse: pageSchema.parse });
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send};
   *   and what `parse` throws.
   */
  call(request: GraphCall): Promise<unknown>;
  /** Any other call, its answer read by `parse`. */
  call<Value>(request: GraphCall & { parse: (answer: unknown) => Value }): Promise<Value>;
  /**
   * Takes no further calls. Closes the client's own transport, once the calls under way are over;
   * leaves a transport alone that was handed in. May be called again.
   */
  close(): Promise<void>;
}

/**
 * A client of one Page.
 *
 * @example
 * const graph = createGraphClient({ accessToken, appSecret, pageId: '104729384756123' });
 * await graph.messages.sendText({ to: psid, text: 'Bạn vừa nói: "xin chào"' });
 * await graph.close();
 *
 * @throws RequestError when an option breaks its rule.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const resolved = resolveOptions(options);
  const transport = options.transport ?? createTransport();
  const caller = createCaller(resolved, transport);
  const watchVersion = createVersionWatch(resolved.version, resolved.onWarning);
  const { clock, pageId } = resolved;
  watchVersion(clock.now());
  let closed = false;

  const call: MakeCall = async (request) => {
    if (closed) {
      throw new TransportError(
        'aborted',
        `${request.method} ${request.path} came after the client was closed. ` +
          'Nothing was sent: make a new client.',
        { outcome: 'not-executed' },
      );
    }
    watchVersion(clock.now());
    return caller.call(request);
  };

  const callAndParse = async ({
    parse = (answer) => answer,
    ...request
  }: GraphCall & { parse?: (answer: unknown) => unknown }): Promise<unknown> =>
    parse(await call(request));

  return {
    messages: createMessages(call, pageId),
    attachments: createAttachments(call, pageId),
    profile: createMessengerProfile(call, pageId),
    users: createUsers(call),
    conversations: createConversations(call, pageId),
    threads: createThreads(call, pageId),
    personas: createPersonas(call, pageId),
    labels: createLabels(call, pageId),
    moderation: createModeration(call, pageId),
    subscriptions: createSubscriptions(call, pageId),
    utilityTemplates: createUtilityTemplates(call, pageId),
    stickers: createStickers(call),
    batch: createBatch({ ...caller, call }),
    call: callAndParse,
    close: async () => {
      closed = true;
      if (options.transport === undefined) {
        await transport.close();
      }
    },
  };
}
