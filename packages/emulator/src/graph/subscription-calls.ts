import { z } from 'zod';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import type { Store } from '../state/store.ts';
import { webhookFields } from '../webhook/webhook-fields.ts';
import { parseParameters } from './parameters.ts';
import { type Resource, SUCCESS } from './resource.ts';

const known = new Set(webhookFields);

const fieldList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value),
  z.array(z.string().refine((name) => known.has(name), 'must be a webhook field of Pages')).min(1),
);
const subscribing = z.strictObject({ subscribed_fields: fieldList });

/** Which events the app gets of a Page. @see https://developers.facebook.com/docs/messenger-platform/webhooks */
export function createSubscriptionCalls(store: Store): Resource {
  return {
    calls: {
      'POST page/subscribed_apps': ({ pageId, parameters }) => {
        const { subscribed_fields: fields } = parseParameters(subscribing, parameters);
        store.setSubscription(pageId, [...new Set(fields)]);
        return SUCCESS;
      },
      'GET page/subscribed_apps': ({ pageId }) => {
        const fields = store.page(pageId)?.subscribedFields;
        const app = { id: String(EMULATED_APP_ID), name: 'Local app' };
        return { data: fields === undefined ? [] : [{ ...app, subscribed_fields: fields }] };
      },
      'DELETE page/subscribed_apps': ({ pageId }) => {
        store.setSubscription(pageId, undefined);
        return SUCCESS;
      },
    },
  };
}
