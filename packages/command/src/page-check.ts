/** What was found at a Page. */
export interface PageCheck {
  readonly pageId?: string | undefined;
  readonly name?: string | undefined;
  /** Nothing is left for a person to do. */
  readonly ok: boolean;
  readonly findings: readonly PageFinding[];
}

/** Something that is not as it should be, or was not until it was repaired. */
export interface PageFinding {
  readonly kind: string;
  readonly text: string;
  /** What a person has to do; absent for what was repaired. */
  readonly remedy?: string | undefined;
}

/** What a check needs of a Page's Graph API; a client of `@bot/graph-client` fits. */
export interface PageGraph {
  call(request: {
    readonly method: 'GET';
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  }): Promise<unknown>;
  readonly subscriptions: {
    get(options: {
      readonly signal: AbortSignal;
    }): Promise<{ readonly fields: readonly string[] } | undefined>;
    repair(
      fields: readonly string[],
      options: { readonly signal: AbortSignal },
    ): Promise<{ readonly added: readonly string[] }>;
  };
}

/** What {@link checkPage} takes. */
export interface PageCheckOptions {
  /** As it is listed. */
  readonly pageId?: string | undefined;
  readonly name?: string | undefined;
  /** Subscribes the app to the fields that are missing. */
  readonly repair: boolean;
  readonly signal: AbortSignal;
}

/** The webhook fields without which the bot does not hear what it must. */
const FIELDS = ['messages', 'messaging_postbacks', 'message_echoes', 'messaging_handovers'];

/**
 * Asks Graph whether the token lives and is the Page's, and whether the app is subscribed to what the
 * bot needs.
 *
 * @throws the signal's reason when it aborts; what Graph refuses is a finding.
 *
 * @example
 * const { ok, findings } = await checkPage(graph, { repair: false, signal });
 */
export async function checkPage(graph: PageGraph, options: PageCheckOptions): Promise<PageCheck> {
  const { signal, repair } = options;
  const known = { pageId: options.pageId, name: options.name };
  try {
    const query = { fields: 'id,name' };
    const me = (await graph.call({ method: 'GET', path: 'me', query, signal })) as Named;
    const page = { pageId: options.pageId ?? me.id, name: options.name ?? me.name };
    if (page.pageId !== me.id) {
      const text = `The token is that of Page ${me.id}.`;
      const remedy = `Give Page ${page.pageId} its own token.`;
      return { ...page, ok: false, findings: [{ kind: 'other-page', text, remedy }] };
    }
    const has = new Set((await graph.subscriptions.get({ signal }))?.fields);
    const missing = FIELDS.filter((field) => !has.has(field));
    if (missing.length === 0) return { ...page, ok: true, findings: [] };
    const fields = missing.join(', ');
    if (repair) {
      await graph.subscriptions.repair(FIELDS, { signal });
      const text = `The app was not subscribed to ${fields}; it is now.`;
      return { ...page, ok: true, findings: [{ kind: 'fields-missing', text }] };
    }
    const text = `The app is not subscribed to ${fields}.`;
    const remedy = '`bot pages check --repair` subscribes it.';
    return { ...page, ok: false, findings: [{ kind: 'fields-missing', text, remedy }] };
  } catch (error) {
    signal.throwIfAborted();
    return { ...known, ok: false, findings: [findingOf(error)] };
  }
}

interface Named {
  readonly id?: string;
  readonly name?: string;
}

/** By the kind of a Graph error. */
const remedies: ReadonlyMap<string, string> = new Map([
  ['token-dead', 'Make a new token: Messenger > API setup > Generate access tokens.'],
  ['permission', 'See whether APP_SECRET is of the same app, and which rights the app has.'],
  ['throttled', 'Check again later.'],
  ['page-restricted', "See the Page's Support Inbox at Facebook."],
]);

function findingOf(error: unknown): PageFinding {
  if (!(error instanceof Error && 'kind' in error)) throw error;
  const kind = String(error.kind);
  const remedy = remedies.get(kind) ?? 'See whether this machine reaches Graph, then check again.';
  return { kind, text: error.message, remedy };
}
