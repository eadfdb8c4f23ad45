import { z } from 'zod';

import type { MakeCall } from '../graph-call.ts';
import { check } from '../check.ts';
import { answeredId, maybe, readRenamed } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** Which webhook fields of the Page the app gets. */
export interface Subscription {
  readonly appId: string;
  readonly fields: readonly string[];
}

/** What a repair found. */
export interface SubscriptionRepair {
  /** The fields that were not there and are now. */
  readonly added: readonly string[];
}

/**
 * The app's webhooks of this Page. Meta takes them away when the webhook fails for an hour.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks#connect-your-app
 */
export interface Subscriptions {
  /**
   * Subscribes to exactly these fields.
   *
   * @example
   * await graph.subscriptions.subscribe(['messages', 'messaging_postbacks', 'message_echoes']);
   *
   * @throws RequestError, GraphApiError, TransportError or ParkedError, as in {@link Messages.send}.
   */
  subscribe(fields: readonly string[], options?: CallOptions): Promise<void>;
  /** What the app is subscribed to now; `undefined` when to nothing. */
  get(options?: CallOptions): Promise<Subscription | undefined>;
  /** Reads it back and subscribes again when a field is missing. Keeps fields that are more. */
  repair(fields: readonly string[], options?: CallOptions): Promise<SubscriptionRepair>;
  /** Ends the subscription: no webhook of this Page comes any more. */
  unsubscribe(options?: CallOptions): Promise<void>;
}

const fieldList = z
  .array(z.string().regex(/^[a-z_]{1,60}$/, 'must be the name of a field, such as messages'))
  .min(1);

// With a Page's token Graph shows the token's own app only.
const subscribedApps = z.object({
  data: z.array(z.object({ id: answeredId, subscribedFields: maybe(z.array(z.string())) })),
});

export function createSubscriptions(makeCall: MakeCall, pageId: string): Subscriptions {
  const path = `${pageId}/subscribed_apps`;

  const subscribe: Subscriptions['subscribe'] = async (fields, { signal } = {}) => {
    const query = { subscribed_fields: check('subscription.fields', fieldList, fields).join(',') };
    await makeCall({ method: 'POST', path, query, signal });
  };

  const get: Subscriptions['get'] = async ({ signal } = {}) => {
    const answer = await makeCall({ method: 'GET', path, signal });
    const app = readRenamed(subscribedApps, answer, `GET ${path}`).data[0];
    return app === undefined ? undefined : { appId: app.id, fields: app.subscribedFields ?? [] };
  };

  return {
    subscribe,
    get,
    repair: async (fields, options) => {
      const wanted = check('subscription.fields', fieldList, fields);
      const present = new Set((await get(options))?.fields);
      const added = wanted.filter((field) => !present.has(field));
      if (added.length > 0) {
        await subscribe([...present, ...added], options);
      }
      return { added };
    },
    unsubscribe: async ({ signal } = {}) => {
      await makeCall({ method: 'DELETE', path, signal });
    },
  };
}
