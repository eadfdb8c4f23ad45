import { createGraphClient, type GraphClient, type GraphClientOptions } from '@bot/graph-client';
import type { Sender } from '@bot/handlers';

/** Sends as whichever Page a conversation belongs to; the Pages share connections. */
export function createPages(options: Omit<GraphClientOptions, 'pageId'>): Sender {
  const clients = new Map<string, GraphClient>();

  function clientOf(pageId: string): GraphClient {
    const known = clients.get(pageId);
    if (known) return known;
    const client = createGraphClient({ ...options, pageId });
    clients.set(pageId, client);
    return client;
  }

  return {
    send: ({ pageId, ...message }) => clientOf(pageId).messages.send(message),
    act: ({ pageId, ...action }) => clientOf(pageId).messages.senderAction(action),
  };
}
