import type { PersonEvent } from './event-base.ts';
import { present, readNumber, readString } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person changed what a message says.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-edit
 */
export interface EditEvent extends PersonEvent {
  readonly type: 'edit';
  readonly mid: string;
  readonly text: string;
  /** How often it has been changed by now; Meta allows five times. */
  readonly edits?: number;
}

export const readEdit: Reader<EditEvent> = (edit, { origin, naming }) => {
  const mid = readString(edit, 'mid');
  const text = readString(edit, 'text');
  if (mid === undefined || text === undefined) {
    return undefined;
  }
  const edits = readNumber(edit, 'num_edit');
  return {
    ...origin,
    type: 'edit',
    id: naming.byContent('edit'),
    mid,
    text,
    ...present({ edits }),
  };
};
