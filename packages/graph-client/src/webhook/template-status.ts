import type { PageEvent } from './event-base.ts';
import { present, readString, readText } from './fields.ts';
import type { Reader } from './item.ts';

/**
 * Meta judged a utility template of the Page. It concerns no person.
 *
 * Meta does not show this event for Messenger; the names are those of its other messaging product,
 * so rely on nothing but that something changed, and ask Graph for the rest.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/template/utility-messaging
 */
export interface TemplateStatusEvent extends PageEvent {
  readonly type: 'template-status';
  /** Such as `APPROVED` or `REJECTED`. */
  readonly status?: string;
  readonly templateId?: string;
  readonly name?: string;
  /** Such as `vi`. */
  readonly language?: string;
  readonly reason?: string;
}

export const readTemplateStatus: Reader<TemplateStatusEvent, undefined> = (
  value,
  { origin, naming },
) => ({
  ...origin,
  type: 'template-status',
  id: naming.byContent('template-status'),
  ...present({
    status: readString(value, 'event') ?? readString(value, 'status'),
    templateId: readText(value, 'message_template_id'),
    name: readString(value, 'message_template_name'),
    language: readString(value, 'message_template_language'),
    reason: readString(value, 'reason'),
  }),
});
