import { createMakeCall } from './call.ts';
import type { GraphCall } from './call.ts';
import { TransportError } from './errors.ts';
import { createMessages } from './messages.ts';
import type { Messages } from './messages.ts';
import { resolveOptions } from './options.ts';
import type { GraphClientOptions } from './options.ts';
import { createTransport } from './transport.ts';

/** Speaks for one Page. */
export interface GraphClient {
  readonly messages: Messages;
  /**
   * Any other call, once. Answers with Graph's JSON as it came.
   *
   * @example
   * await graph.call({ method: 'GET', path: psid, query: { fields: 'first_name' } });
   *
   * @throws RequestError, GraphApiError or TransportError, as in {@link Messages.sendText}.
   */
  call(request: GraphCall): Promise<unknown>;
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
  const makeCall = createMakeCall(resolved, transport);
  let closed = false;

  const call = async (request: GraphCall): Promise<unknown> => {
    if (closed) {
      throw new TransportError(
        'aborted',
        `${request.method} ${request.path} came after the client was closed. ` +
          'Nothing was sent: make a new client.',
        { effect: 'none' },
      );
    }
    return makeCall(request);
  };

  return {
    messages: createMessages(call, resolved.pageId),
    call,
    close: async () => {
      closed = true;
      if (options.transport === undefined) {
        await transport.close();
      }
    },
  };
}
