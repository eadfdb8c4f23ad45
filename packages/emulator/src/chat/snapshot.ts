import type { InjectedFault } from '../faults/faults.ts';
import type {
  Alert,
  ChatMessage,
  Conversation,
  Delivery,
  EmulatorState,
  GraphCall,
  PageState,
} from '../state/state.ts';

/** One line of the list of people. */
export interface PersonSummary {
  readonly psid: string;
  readonly name: string;
  readonly pageId: string;
  readonly last: ChatMessage | undefined;
  readonly unread: number;
  readonly typing: boolean;
  readonly blocked: boolean;
  /** Milliseconds since 1970; 0 for never. */
  readonly lastInboundAt: number;
  readonly ownerAppId: string | undefined;
}

/** What a chat page starts from, and starts again from after a lost connection. */
export interface Snapshot {
  readonly pages: readonly PageState[];
  readonly webhook: { readonly url: string; readonly status: number | undefined };
  readonly people: readonly PersonSummary[];
  readonly faults: readonly InjectedFault[];
  readonly alerts: readonly Alert[];
  /** With which a run's randomness can be had again. */
  readonly seed: number;
}

/** What happened around a conversation, for the panel beside it: the newest, oldest first. */
export interface Timeline {
  readonly deliveries: readonly Delivery[];
  readonly calls: readonly GraphCall[];
}

/** How many of a conversation's newest messages a chat page shows. */
const PAGE_MESSAGES = 300;
const TIMELINE_ITEMS = 200;

export function snapshotOf(
  state: EmulatorState,
  webhookUrl: string,
  seed: number,
  nowMs: number,
): Snapshot {
  // The query could carry somebody's secret; address and path say enough.
  const { origin, pathname } = new URL(webhookUrl);
  return {
    pages: Object.values(state.pages),
    webhook: { url: origin + pathname, status: state.webhookStatus },
    people: state.people.flatMap(({ psid, name }) => {
      const conversation = state.conversations[psid];
      if (conversation === undefined) return [];
      const { pageId, messages, typingUntil, blocked, lastInboundAt, ownerAppId } = conversation;
      return {
        psid,
        name,
        pageId,
        last: messages.at(-1),
        unread: unreadOf(conversation),
        typing: typingUntil > nowMs,
        blocked,
        lastInboundAt,
        ownerAppId,
      };
    }),
    faults: state.faults,
    alerts: state.alerts,
    seed,
  };
}

export function newestMessages(state: EmulatorState, psid: string): readonly ChatMessage[] {
  return state.conversations[psid]?.messages.slice(-PAGE_MESSAGES) ?? [];
}

export function timelineOf(state: EmulatorState, psid: string): Timeline {
  const isTheirs = (delivery: Delivery): boolean =>
    delivery.events.some((event) => event.psid === psid);
  return {
    deliveries: state.deliveries.filter(isTheirs).slice(-TIMELINE_ITEMS),
    calls: state.calls.filter((call) => call.psid === psid).slice(-TIMELINE_ITEMS),
  };
}

function unreadOf({ messages }: Conversation): number {
  return messages.filter(({ direction, status }) => direction === 'in' && status === 'delivered')
    .length;
}
