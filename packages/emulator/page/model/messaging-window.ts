/** The 24 hours in which a Page may answer freely. */
export type MessagingWindow =
  | { readonly kind: 'never-opened' }
  | { readonly kind: 'open' | 'closed'; readonly until: number };

const WINDOW_MS = 24 * 3_600_000;

/** @param lastInboundAt Milliseconds since 1970; 0 for never. */
export function windowOf(lastInboundAt: number, now: number): MessagingWindow {
  if (lastInboundAt === 0) return { kind: 'never-opened' };
  const until = lastInboundAt + WINDOW_MS;
  return { kind: now > until ? 'closed' : 'open', until };
}
