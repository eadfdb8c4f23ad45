import { createGraphClient, type GraphClient, type GraphClientOptions } from '@bot/graph-client';
import type { Sender } from '@bot/handlers';
import type { PageBook } from './page-book.ts';
import type { PageSettings } from './page-settings.ts';

export interface PageSenderOptions extends Omit<
  GraphClientOptions,
  'pageId' | 'accessToken' | 'pipeline'
> {
  readonly pages: PageBook;
  /** Calls go through nothing when it is empty; for tests. Default: the client's own. */
  readonly pipeline?: readonly [];
}

/** A conversation of a Page that nobody listed: it waits until somebody does. */
class UnlistedPageError extends Error {
  override readonly name = 'UnlistedPageError';
  readonly kind = 'configuration';
  /** Whose trouble it is: all events of the Page wait, and none is given up on for it. */
  readonly scope = 'page';
  readonly outcome = 'not-executed';

  constructor(pageId: string) {
    super(
      `Page ${pageId} is not in the file of Pages: add it there, or unsubscribe the app from it.`,
    );
  }
}

/**
 * Sends as whichever Page a conversation belongs to; the Pages share connections. A Page whose
 * settings change has a fresh client: what it knew of a dead token is forgotten.
 */
export function createPageSender({ pages, pipeline, ...options }: PageSenderOptions): Sender {
  const clients = new Map<string, { settings: PageSettings; client: GraphClient }>();

  function clientOf(pageId: string): GraphClient {
    const settings = pages.get(pageId);
    if (settings === undefined) {
      clients.delete(pageId);
      throw new UnlistedPageError(pageId);
    }
    const known = clients.get(pageId);
    if (known?.settings === settings) return known.client;
    const { accessToken, appSecret = options.appSecret, sendsPerSecond = Infinity } = settings;
    const client = createGraphClient({
      ...options,
      pageId,
      accessToken,
      ...(appSecret === undefined ? {} : { appSecret }),
      // Each process knows only its own sends, so a limit here is one for each of them; Graph's own
      // word, in usage headers and errors, is heeded in any case.
      pipeline: pipeline ?? { rateLimit: { sendsPerSecond } },
    });
    clients.set(pageId, { settings, client });
    return client;
  }

  return {
    send: async ({ pageId, ...message }) => clientOf(pageId).messages.send(message),
    act: async ({ pageId, ...action }) => clientOf(pageId).messages.senderAction(action),
  };
}
