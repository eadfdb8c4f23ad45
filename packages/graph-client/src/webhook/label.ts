import type { PersonEvent } from './event-base.ts';
import { present, readField, readId, readString, readText } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * A person got a label in the Page's inbox, or lost it.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/identity/custom-labels
 */
export interface LabelEvent extends PersonEvent {
  readonly type: 'label';
  /** `add`, `remove`, or one to come. */
  readonly action: string;
  readonly labelId?: string;
  readonly labelName?: string;
}

export const readLabel: Reader<LabelEvent, undefined> = (value, { origin, naming }) => {
  const psid = readId(readField(value, 'user'), 'id');
  const action = readString(value, 'action');
  if (psid === undefined || action === undefined) {
    return undefined;
  }
  const label = readField(value, 'label');
  return {
    ...origin,
    psid,
    type: 'label',
    id: naming.byContent('label'),
    action,
    ...present({ labelId: readId(label, 'id'), labelName: readText(label, 'page_label_name') }),
  };
};
