import { z } from 'zod';
import { EMULATED_APP_ID } from '../webhook/events.ts';
import type { Store } from '../state/store.ts';
import { GraphRefusal } from './errors.ts';
import { atMost, id as objectId, parseParameters, text } from './parameters.ts';
import { type Asked, type Resource, SUCCESS, unknownPerson, type Work } from './resource.ts';

const recipient = z.strictObject({ id: text() });
const metadata = atMost(1000).optional();
const plain = z.strictObject({ recipient, metadata });
const passing = z.strictObject({
  recipient,
  metadata,
  target_app_id: z.union([objectId, z.int()], 'must be an id of digits'),
});
const extending = z.strictObject({
  recipient,
  metadata,
  duration: z.coerce.number().int().min(1).max(604_800),
});

const OUR_APP = String(EMULATED_APP_ID);

/**
 * Who has a conversation. The bot's app is the default app here, so that it may take one.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversation-routing
 */
export function createThreadCalls(store: Store): Resource {
  /** Of this Page's people; only who has a conversation, or nobody's, may do something with it. */
  function checked<Body extends { readonly recipient: { readonly id: string } }>(
    schema: z.ZodType<Body>,
    mayBeOthers: boolean,
    work: (psid: string, body: Body) => void,
  ): Work {
    return ({ pageId, parameters }: Asked) => {
      const body = parseParameters(schema, parameters);
      const { id: psid } = body.recipient;
      if (store.person(psid)?.pageId !== pageId) throw unknownPerson();
      const owner = store.owner(psid);
      if (!mayBeOthers && owner !== undefined && owner !== OUR_APP) {
        const message = '(#10) The app does not control this thread.';
        throw new GraphRefusal('OAuthException', 10, message, 2018300);
      }
      work(psid, body);
      return SUCCESS;
    };
  }

  return {
    calls: {
      'POST page/pass_thread_control': checked(passing, false, (psid, body) => {
        store.setOwner(psid, String(body.target_app_id));
      }),
      'POST page/take_thread_control': checked(plain, true, (psid) => {
        store.setOwner(psid, OUR_APP);
      }),
      'POST page/release_thread_control': checked(plain, false, (psid) => {
        store.setOwner(psid, undefined);
      }),
      // The app that has it is told, and that is never this one's webhook.
      'POST page/request_thread_control': checked(plain, true, () => {}),
      'POST page/extend_thread_control': checked(extending, false, (psid, { duration }) => {
        store.setOwner(psid, store.owner(psid), duration * 1_000);
      }),
      'GET page/thread_owner': ({ pageId, parameters }) => {
        const psid = String(parameters['recipient']);
        if (store.person(psid)?.pageId !== pageId) throw unknownPerson();
        const owner = store.owner(psid);
        return { data: owner === undefined ? [] : [{ thread_owner: { app_id: owner } }] };
      },
    },
  };
}
