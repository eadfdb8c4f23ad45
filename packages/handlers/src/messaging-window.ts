const HOUR_MS = 60 * 60 * 1_000;

/** After the person's last act, for whatever answers it. */
export const STANDARD_WINDOW_MS: number = 24 * HOUR_MS;
/** After the person's last act, for a human's answer, and for asking for feedback. */
export const LONG_WINDOW_MS: number = 7 * 24 * HOUR_MS;

/** How a message may go out. */
export type MessagingType = 'RESPONSE' | 'UTILITY' | 'HUMAN_AGENT' | 'CUSTOMER_FEEDBACK';

/** A message that somebody wants to send. */
export interface WindowRequest {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the person last did something that opens the window; `undefined` when nobody knows. */
  readonly lastPersonAt: number | undefined;
  /** Who speaks: code marked as a human's may use the time that Meta gives to humans. */
  readonly by: 'bot' | 'human';
  /** An approved template, a `customer_feedback` template, or anything else. */
  readonly message: 'utility' | 'feedback' | 'other';
}

/** How the message may go out, or that it may not. */
export type WindowVerdict =
  | { readonly kind: 'send'; readonly messagingType: MessagingType }
  | {
      readonly kind: 'closed';
      /** When it closed, in milliseconds since 1970; `undefined` when it was never open. */
      readonly closedAt: number | undefined;
    };

/**
 * Meta's messaging window as a function of what is known. The bot's answer to an act of the person's
 * may go out for 24 hours after it; a human's for 7 days, and so may a question for feedback; an
 * approved utility template at any time.
 *
 * @example
 * messagingWindow({ now: 90_000_000, lastPersonAt: 0, by: 'bot', message: 'other' });
 * // { kind: 'closed', closedAt: 86_400_000 }
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
 */
export function messagingWindow({ now, lastPersonAt, by, message }: WindowRequest): WindowVerdict {
  if (message === 'utility') return { kind: 'send', messagingType: 'UTILITY' };
  if (lastPersonAt === undefined) return { kind: 'closed', closedAt: undefined };
  const since = now - lastPersonAt;
  if (since < STANDARD_WINDOW_MS) return { kind: 'send', messagingType: 'RESPONSE' };
  const long =
    message === 'feedback' ? 'CUSTOMER_FEEDBACK' : by === 'human' ? 'HUMAN_AGENT' : undefined;
  if (long === undefined) return { kind: 'closed', closedAt: lastPersonAt + STANDARD_WINDOW_MS };
  return since < LONG_WINDOW_MS
    ? { kind: 'send', messagingType: long }
    : { kind: 'closed', closedAt: lastPersonAt + LONG_WINDOW_MS };
}
