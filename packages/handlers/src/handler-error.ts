import { BotError } from './errors.ts';
import type { BotEvent } from './event.ts';
import { withoutWords } from './redaction.ts';

/** What an error of `@bot/graph-client` says of itself, beside its message. */
interface Verdict {
  readonly kind?: unknown;
  readonly scope?: unknown;
  readonly retryAfterMs?: unknown;
}

/**
 * A handler failed. Says which one, about which event, and why; takes over from its `cause` what
 * decides about another attempt.
 */
export class HandlerError extends BotError {
  override readonly name: string = 'HandlerError';
  readonly kind = 'handler';
  readonly eventId: string;
  readonly handler: string;
  /** Of a call that failed: what is wrong, as `@bot/graph-client` classifies it. */
  readonly callKind: string | undefined;
  /** Of a call that failed: how far the trouble reaches. `page` and `app` are no fault of the event. */
  readonly scope: string | undefined;

  constructor(event: BotEvent, handler: string, cause: unknown) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    super(
      `Event ${event.id} (${event.type}): ${handler} failed: ${name}: ${withoutWords(message, event)}`,
      { cause },
    );
    const verdict: Verdict = cause instanceof Error ? (cause as Verdict) : {};
    this.eventId = event.id;
    this.handler = handler;
    this.scope = textOf(verdict.scope);
    this.callKind = this.scope === undefined ? undefined : textOf(verdict.kind);
    // Absent is different from undefined, which says that another attempt would fail as well.
    if ('retryAfterMs' in verdict) Object.assign(this, { retryAfterMs: verdict.retryAfterMs });
  }
}

/**
 * Whether a failure is the Page's or the app's, such as a dead token: every event of the Page would
 * fail now, so this one should wait, and not be given up on.
 */
export function isPageTrouble(error: unknown): boolean {
  const scope = error instanceof Error && 'scope' in error ? error.scope : undefined;
  return scope === 'page' || scope === 'app';
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
