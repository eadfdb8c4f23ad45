import { createHash } from 'node:crypto';
import type { QueueEvent } from '@bot/queue';

/** A person's wish to be forgotten, as it stands in the queue. */
export interface Deletion {
  readonly type: 'data-deletion';
  /** The person's id, digits. Scoped to the app by Meta's word; it may be an id on a Page. */
  readonly userId: string;
  /** By which the person asks what became of it. */
  readonly code: string;
  /** It is the second time that the person is forgotten. */
  readonly again?: true;
}

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
  const { type, userId, code } = data as Record<string, unknown>;
  return type === 'data-deletion' && isUserId(userId) && typeof code === 'string' && isCode(code);
}

/** In a lane of its own: no conversation waits for it. */
export function toQueueEvent(deletion: Deletion, timestamp: number): QueueEvent {
  const { userId, code, again } = deletion;
  const id = `deletion:${code}${again ? ':again' : ''}`;
  return { id, lane: `deletion:${userId}`, timestamp, data: deletion };
}
