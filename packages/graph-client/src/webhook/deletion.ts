import type { PersonEvent } from './event-base.ts';
import type { Item } from './item.ts';

/**
 * Instagram: a message was taken back. Forget what it said.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
 */
export interface DeletionEvent extends PersonEvent {
  readonly type: 'deletion';
  /** The message, by the mid under which it came. */
  readonly mid: string;
}

export function readDeletion(mid: string, { origin, naming }: Item): DeletionEvent {
  return { ...origin, type: 'deletion', id: naming.byName('deletion', mid), mid };
}
