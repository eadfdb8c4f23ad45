import { deliver, fromPerson } from './deliveries.ts';
import type { Delivery, Occasion, PageOccasion } from './deliveries.ts';

/** Which apps a conversation goes from and to. */
export interface Handover {
  /** `null`: no app had it. */
  previousOwnerAppId?: number | null | undefined;
  newOwnerAppId?: number | undefined;
  /** Of a request. */
  requestedOwnerAppId?: number | undefined;
  metadata?: string | undefined;
}

/**
 * A conversation was passed to another app, or taken from one, or an app asks for it.
 *
 * @example
 * threadControlDelivery({ ...who, action: 'pass', previousOwnerAppId: null, newOwnerAppId: 1 });
 */
export function threadControlDelivery(
  what: Occasion & Handover & { action: 'pass' | 'take' | 'request' },
): Delivery {
  return fromPerson(what, {
    [`${what.action}_thread_control`]: {
      previous_owner_app_id: what.previousOwnerAppId,
      new_owner_app_id: what.newOwnerAppId,
      requested_owner_app_id: what.requestedOwnerAppId,
      metadata: what.metadata,
    },
  });
}

/**
 * The Page's apps got other roles.
 *
 * @example
 * appRolesDelivery({ pageId, timestamp, roles: { '1': ['primary_receiver'] } });
 */
export function appRolesDelivery(
  what: PageOccasion & { roles: Readonly<Record<string, readonly string[]>> },
): Delivery {
  const { pageId, timestamp, roles } = what;
  return deliver(what, { recipient: { id: pageId }, timestamp, app_roles: roles });
}

/**
 * Meta warned the Page, blocked it, or ended a block.
 *
 * @example
 * policyDelivery({ pageId, timestamp, action: 'warning' });
 */
export function policyDelivery(
  what: PageOccasion & { action: 'warning' | 'block' | 'unblock'; reason?: string | undefined },
): Delivery {
  const { pageId, timestamp, action, reason } = what;
  const notice = { recipient: { id: pageId }, timestamp, policy_enforcement: { action, reason } };
  return deliver(what, notice);
}

/**
 * A person got a label in the Page's inbox, or lost it.
 *
 * @example
 * labelDelivery({ ...who, action: 'add', labelId: '1', labelName: 'Khách quen' });
 */
export function labelDelivery(
  what: Occasion & { action: 'add' | 'remove'; labelId: string; labelName: string },
): Delivery {
  const { psid, action, labelId, labelName } = what;
  const label = { id: labelId, page_label_name: labelName };
  return change(what, 'inbox_labels', { user: { id: psid }, action, label });
}

/**
 * Meta judged a utility template of the Page.
 *
 * @example
 * templateStatusDelivery({ pageId, timestamp, status: 'APPROVED', templateId: 1, name, language });
 */
export function templateStatusDelivery(
  what: PageOccasion & {
    status: string;
    templateId: number;
    name: string;
    language: string;
    reason?: string | undefined;
  },
): Delivery {
  return change(what, 'message_template_status_update', {
    event: what.status,
    message_template_id: what.templateId,
    message_template_name: what.name,
    message_template_language: what.language,
    reason: what.reason,
  });
}

/** A change has no time but that of its entry. */
function change({ pageId, timestamp }: PageOccasion, field: string, value: object): Delivery {
  return {
    object: 'page',
    entry: [{ id: pageId, time: timestamp, changes: [{ field, value }] }],
  };
}
