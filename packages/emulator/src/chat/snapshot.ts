import type { MessengerProfile } from '../graph/profile.ts';
import type { ChatMessage, Conversation, EmulatorState } from '../state.ts';

/** One line of the list of people. */
export interface PersonSummary {
  readonly psid: string;
  readonly name: string;
  readonly last: ChatMessage | undefined;
  readonly unread: number;
  readonly typing: boolean;
}

/** What a chat page starts from, and starts again from after a lost connection. */
export interface Snapshot {
  readonly page: { readonly id: string; readonly name: string };
  readonly profile: MessengerProfile;
  readonly webhook: { readonly url: string; readonly status: number | undefined };
  readonly people: readonly PersonSummary[];
}

/** How many of a conversation's newest messages a chat page shows. */
const PAGE_MESSAGES = 300;

export function snapshotOf(
  state: EmulatorState,
  page: Snapshot['page'],
  webhookUrl: string,
  nowMs: number,
): Snapshot {
  // The query could carry somebody's secret; address and path say enough.
  const { origin, pathname } = new URL(webhookUrl);
  return {
    page,
    profile: state.profile,
    webhook: { url: origin + pathname, status: state.webhookStatus },
    people: state.people.map(({ psid, name }) => {
      const conversation = state.conversations[psid];
      return {
        psid,
        name,
        last: conversation?.messages.at(-1),
        unread: unreadOf(conversation),
        typing: (conversation?.typingUntil ?? 0) > nowMs,
      };
    }),
  };
}

export function newestMessages(state: EmulatorState, psid: string): readonly ChatMessage[] {
  return state.conversations[psid]?.messages.slice(-PAGE_MESSAGES) ?? [];
}

function unreadOf(conversation: Conversation | undefined): number {
  let unread = 0;
  for (const { direction, status } of conversation?.messages ?? []) {
    if (direction === 'in' && status === 'delivered') unread += 1;
  }
  return unread;
}
