import { defaultPipeline, type GraphClient, type Middleware, ParkedError } from '@bot/graph-client';
import type { Sender } from '@bot/handlers';
import type { PageBook } from './page-book.ts';
import { openPageGraph, type PageGraphOptions } from './page-graph.ts';
import type { PageSettings } from './page-settings.ts';

export interface PageSenderOptions extends Omit<PageGraphOptions, 'pipeline'> {
  readonly pages: PageBook;
  /** Calls go through nothing when it is empty; for tests. Default: the client's own. */
  readonly pipeline?: readonly [];
  /** Stand between the pipeline and the network, for all Pages. */
  readonly middlewares?: readonly Middleware[];
  /** Told of each send that failed, but for those of settings that hold no more. */
  readonly onFailed?: (pageId: string, error: unknown) => void;
  /** Told of each message that was sent. */
  readonly onSent?: (pageId: string) => void;
}

/** Sends for all Pages. */
export interface PageSender extends Sender {
  /** Forgets what is known of a Page's trouble, so that its next call is tried at once. */
  forget(pageId: string): void;
}

/** A conversation of a Page that nobody listed: it waits until somebody does. */
class UnlistedPageError extends Error {
  override readonly name = 'UnlistedPageError';
  readonly kind = 'unlisted';
  /** Whose trouble it is: all events of the Page wait, and none is given up on for it. */
  readonly scope = 'page';
  readonly outcome = 'not-executed';

  constructor(pageId: string) {
    super(
      `Page ${pageId} is not in the file of Pages: add it there, or unsubscribe the app from it.`,
    );
  }
}

/** Short beside the day in which a reply may be sent, and long enough that waiting costs little. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * A client holds a Page's calls back for hours when probes go on failing. Meanwhile a check or another
 * process finds the Page mended: should nobody hasten a conversation then, it must be back by itself.
 */
function comingBackSoon(error: unknown): unknown {
  if (!(error instanceof ParkedError)) return error;
  const { message, kind, scope, retryAfterMs = 0, cause } = error;
  if (retryAfterMs <= LONGEST_WAIT_MS) return error;
  return new ParkedError(message, { kind, scope, retryAfterMs: LONGEST_WAIT_MS }, cause);
}

/**
 * Sends as whichever Page a conversation belongs to; the Pages share connections. A Page whose
 * settings change has a fresh client: what it knew of a dead token is forgotten.
 */
export function createPageSender({ pages, pipeline, ...options }: PageSenderOptions): PageSender {
  const { middlewares = [], onFailed, onSent, clock, random } = options;
  const clients = new Map<string, { settings: PageSettings; client: GraphClient }>();

  function clientOf(pageId: string): GraphClient {
    const settings = pages.get(pageId);
    if (settings === undefined) {
      clients.delete(pageId);
      throw new UnlistedPageError(pageId);
    }
    const known = clients.get(pageId);
    if (known?.settings === settings) return known.client;
    const { sendsPerSecond = Infinity } = settings;
    // Each process knows only its own sends, so a limit here is one for each of them; Graph's own
    // word, in usage headers and errors, is heeded in any case.
    const own = pipeline ?? [
      ...defaultPipeline({ rateLimit: { sendsPerSecond }, clock, random }),
      ...middlewares,
    ];
    const client = openPageGraph({ pageId, settings }, { ...options, pipeline: own });
    clients.set(pageId, { settings, client });
    return client;
  }

  return {
    async send({ pageId, ...message }) {
      const settings = pages.get(pageId);
      try {
        const sent = await clientOf(pageId).messages.send(message);
        onSent?.(pageId);
        return sent;
      } catch (error) {
        if (pages.get(pageId) === settings) onFailed?.(pageId, error);
        throw comingBackSoon(error);
      }
    },
    act: async ({ pageId, ...action }) => clientOf(pageId).messages.senderAction(action),
    forget: (pageId) => void clients.delete(pageId),
  };
}
