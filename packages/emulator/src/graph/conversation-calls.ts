import { EMULATED_APP_ID } from '../webhook/events.ts';
import type { ChatMessage, Conversation } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Fields } from './bodies.ts';
import { chosen, listOf } from './lists.ts';
import type { Rates } from './rates.ts';
import type { Asked, Resource } from './resource.ts';

/** Meta gives the details of the 20 newest messages only; older ones are "deleted". */
const DETAILED = 20;

/** The Page's inbox. @see https://developers.facebook.com/docs/messenger-platform/conversations */
export function createConversationCalls(
  store: Store,
  rates: Rates | undefined,
  now: () => number,
): Resource {
  /** `t_` and the psid: Meta's are not so easily read. */
  const conversationOf = (id: string): Conversation | undefined =>
    id.startsWith('t_') ? store.conversation(id.slice(2)) : undefined;

  function counted(work: (asked: Asked) => unknown): (asked: Asked) => unknown {
    return (asked) => {
      rates?.count('conversations', asked.pageId, now());
      return work(asked);
    };
  }

  function told({ psid, pageId }: Conversation, message: ChatMessage): Fields {
    const person = { id: psid, name: store.person(psid)?.name };
    const page = { id: pageId, name: store.page(pageId)?.name };
    const [from, to] = message.direction === 'out' ? [person, page] : [page, person];
    return {
      id: message.mid,
      created_time: timeOf(message.timestamp),
      from,
      to: { data: [to] },
      message: message.text ?? '',
    };
  }

  return {
    kindOf(id, pageId) {
      if (conversationOf(id)?.pageId === pageId) return 'conversation';
      const { psid } = store.message(id) ?? {};
      if (psid === undefined || store.conversation(psid)?.pageId !== pageId) return undefined;
      return 'message';
    },
    calls: {
      'GET page/conversations': counted((asked) => {
        const { pageId } = asked;
        const { user_id: psid } = asked.parameters;
        const found = Object.values(store.state.conversations)
          .filter((each) => each.pageId === pageId && each.messages.length > 0)
          .filter((each) => psid === undefined || each.psid === psid)
          .toSorted((one, other) => updatedAt(other) - updatedAt(one));
        const items = found.map((each) => ({
          id: `t_${each.psid}`,
          updated_time: timeOf(updatedAt(each)),
          message_count: each.messages.length,
          unread_count: each.messages.filter(
            ({ direction, status }) => direction === 'out' && status !== 'read',
          ).length,
          is_owner: isOurs(store.owner(each.psid)),
        }));
        return listOf(items, asked, ['updated_time']);
      }),
      'GET conversation/messages': counted((asked) => {
        const conversation = conversationOf(asked.id);
        const { messages = [] } = conversation ?? {};
        const items = messages
          .toReversed()
          .map((message, index) =>
            conversation === undefined || index >= DETAILED
              ? { id: message.mid, created_time: timeOf(message.timestamp) }
              : told(conversation, message),
          );
        return listOf(items, asked, ['created_time']);
      }),
      'GET message': counted(({ id, parameters }) => {
        const { psid = '', message } = store.message(id) ?? {};
        const conversation = store.conversation(psid);
        if (conversation === undefined || message === undefined) return {};
        return chosen(told(conversation, message), parameters, ['created_time']);
      }),
    },
  };
}

function updatedAt({ messages }: Conversation): number {
  return messages.at(-1)?.timestamp ?? 0;
}

/** Graph writes `+0000`. */
function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+0000');
}

function isOurs(owner: string | undefined): boolean {
  return owner === String(EMULATED_APP_ID);
}
