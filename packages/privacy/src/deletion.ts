import { createHash } from 'node:crypto';
import type { QueueEvent } from '@bot/queue';

/** A person's wish to be forgotten, as it stands in the queue. */
export interface Deletion {
  readonly type: 'data-deletion';
  /** The person's id, digits. Scoped to the app by Meta's word; it may be an id on a Page. */
  readonly userId: string;
  /** By which the person asks what became of it. */
  readonly code: string;
  /** Lanes that are forgotten for the second time, and nothing else is done. */
  readonly again?: readonly string[];
}

/**
 * For how long a wish is tried again while a Page is in trouble, in ms: long enough to mend a token,
 * and well within the month that laws give.
 */
export const TRY_FOR_MS: number = 7 * 24 * 60 * 60 * 1_000;

const CODE = /^[0-9a-f]{32}$/;
const USER_ID = /^\d{1,32}$/;

export const isCode = (text: string): boolean => CODE.test(text);
export const isUserId = (text: unknown): text is string =>
  typeof text === 'string' && USER_ID.test(text);

/**
 * The code of a signed request: whoever calls again with the same one has the same code, and nobody
 * can guess it, since its signature is part of what is hashed.
 */
export function codeOf(signedRequest: string): string {
  return createHash('sha256').update(signedRequest).digest('hex').slice(0, 32);
}

/** Whether an event of the queue is such a wish, and none of a conversation's. */
export function isDeletion(data: unknown): data is Deletion {
  if (typeof data !== 'object' || data === null) return false;
  const { type, userId, code, again = [] } = data as Record<string, unknown>;
  return (
    type === 'data-deletion' &&
    isUserId(userId) &&
    typeof code === 'string' &&
    isCode(code) &&
    Array.isArray(again) &&
    again.every((lane) => typeof lane === 'string')
  );
}

export const eventIdOf = (code: string): string => `deletion:${code}`;

/**
 * In a lane of its own: no conversation waits for it, no other wish, and not its second time.
 *
 * @param nth Which second time it is: lanes may be found one after another.
 */
export function toQueueEvent(deletion: Deletion, timestamp: number, nth = 1): QueueEvent {
  const id = `${eventIdOf(deletion.code)}${deletion.again ? `:again-${nth}` : ''}`;
  return { id, lane: id, timestamp, data: deletion };
}
