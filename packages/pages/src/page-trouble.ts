import { isPageTrouble } from '@bot/handlers';

/** Why no reply of a Page can be sent for now. */
export interface PageTrouble {
  /** As the errors of `@bot/graph-client` have it, or `unlisted`. */
  readonly kind: string;
  /** When it was first seen, in milliseconds since 1970. */
  readonly since: number;
  /** Until when Meta wants no calls, where it said so: nothing before then ends the trouble. */
  readonly until?: number | undefined;
  /** What was refused, and how; holds no token and nothing that a person wrote. */
  readonly reason: string;
  /** What to do, and where. */
  readonly remedy: string;
  /** Tells the settings with which it was seen from others, and gives none of them away. */
  readonly settings?: string | undefined;
}

const remedies: Readonly<Record<string, string>> = {
  'token-dead':
    'Make a new token (Messenger > API setup > Generate access tokens) and put it in place of the old one.',
  'page-restricted':
    "See the Page's Support Inbox and do what Meta asks for; sending is tried again by itself.",
  permission:
    'See App Review and the scopes of the token: sending needs pages_messaging, subscribing pages_manage_metadata.',
  throttled:
    'Nothing: sending is tried again by itself. If it comes again and again, change sendsPerSecond of the Page: lower it where Meta refused, raise it where it is the limit.',
  unlisted: 'Add the Page to the file of Pages, or unsubscribe the app from it.',
};

/** The trouble of a whole Page that a failed call shows; `undefined` when it shows none. */
export function troubleOf(error: unknown, since: number): PageTrouble | undefined {
  if (!(error instanceof Error) || !isPageTrouble(error)) return undefined;
  const kind = 'kind' in error && typeof error.kind === 'string' ? error.kind : 'configuration';
  // Nobody was reached who could have said anything of the Page.
  if (kind === 'transient') return undefined;
  // A call that was held back says by its cause what Graph had refused.
  const { message } = error.cause instanceof Error ? error.cause : error;
  const trouble = pageTrouble(kind, message, since);
  const waitMs = 'retryAfterMs' in error ? error.retryAfterMs : undefined;
  return kind === 'throttled' && typeof waitMs === 'number'
    ? { ...trouble, until: since + waitMs }
    : trouble;
}

export function pageTrouble(kind: string, reason: string, since: number): PageTrouble {
  const remedy = remedies[kind] ?? 'Change the setting that the reason names.';
  return { kind, since, reason: reason.slice(0, 500), remedy };
}
