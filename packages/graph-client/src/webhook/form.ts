import type { PersonEvent } from './event-base.ts';
import { present, readId, readObjects, readText } from './fields.ts';
import type { JsonObject } from './fields.ts';
import type { Reader } from './item.ts';

/** A page of a customer information template, as filled in. */
export interface CustomerInformationScreen {
  readonly screenId?: string;
  readonly responses: readonly { readonly key?: string; readonly value?: string }[];
}

/**
 * A person filled in a customer information template, such as an address to ship to.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates
 */
export interface CustomerInformationEvent extends PersonEvent {
  readonly type: 'customer-information';
  readonly screens: readonly CustomerInformationScreen[];
}

/**
 * A person sent in an instant form. What they wrote is read from Graph, by the form's id.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/send-messages/templates
 */
export interface LeadFormEvent extends PersonEvent {
  readonly type: 'lead-form';
  readonly formId: string;
}

export const readCustomerInformation: Reader<CustomerInformationEvent> = (
  body,
  { origin, naming },
) => ({
  ...origin,
  type: 'customer-information',
  id: naming.byContent('customer-information'),
  screens: readObjects(body, 'screens').map(toScreen),
});

export const readLeadForm: Reader<LeadFormEvent> = (form, { origin, naming }) => {
  const formId = readId(form, 'id');
  return formId === undefined
    ? undefined
    : { ...origin, type: 'lead-form', id: naming.byContent('lead-form'), formId };
};

function toScreen(screen: JsonObject): CustomerInformationScreen {
  const toResponse = (response: JsonObject): { key?: string; value?: string } =>
    present({ key: readText(response, 'key'), value: readText(response, 'value') });
  return {
    ...present({ screenId: readText(screen, 'screen_id') }),
    responses: readObjects(screen, 'responses').map(toResponse),
  };
}
