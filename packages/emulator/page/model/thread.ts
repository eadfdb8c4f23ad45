import type { Timeline } from '../../src/chat/snapshot.ts';
import type { ChatMessage, Delivery, EmulatorChange, GraphCall } from '../../src/state/state.ts';

/** One open conversation with everything around it. */
export interface Thread {
  readonly psid: string;
  /** False until the server has answered. */
  readonly loaded: boolean;
  /** By mid, oldest first. */
  readonly messages: ReadonlyMap<string, ChatMessage>;
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly calls: ReadonlyMap<string, GraphCall>;
  /** What changed since the server was asked; undefined once it has answered. */
  readonly sinceAsked: readonly EmulatorChange[] | undefined;
}

/** More of them would only slow the page down. */
const KEPT = 300;

export function createThread(psid: string): Thread {
  const none = { messages: new Map(), deliveries: new Map(), calls: new Map() };
  return { psid, loaded: false, ...none, sinceAsked: [] };
}

/** Call before asking the server: what changes from now on is newer than its answer. */
export function askAgain(thread: Thread): Thread {
  return { ...thread, sinceAsked: [] };
}

/** Puts the server's answer in place, and on it what changed meanwhile. */
export function takeAnswer(
  thread: Thread,
  messages: readonly ChatMessage[],
  { deliveries, calls }: Timeline,
): Thread {
  const answered: Thread = {
    ...thread,
    loaded: true,
    messages: new Map(messages.map((message) => [message.mid, message])),
    deliveries: new Map(deliveries.map((delivery) => [delivery.id, delivery])),
    calls: new Map(calls.map((call) => [call.id, call])),
    sinceAsked: undefined,
  };
  return (thread.sinceAsked ?? []).reduce(applyChange, answered);
}

/** Answers the same thread when the change is not about it. */
export function takeThreadChange(thread: Thread, change: EmulatorChange): Thread {
  const changed = applyChange(thread, change);
  if (changed === thread || thread.sinceAsked === undefined) return changed;
  return { ...changed, sinceAsked: [...thread.sinceAsked, change] };
}

function applyChange(thread: Thread, change: EmulatorChange): Thread {
  const { psid } = thread;
  switch (change.kind) {
    case 'message':
    case 'reaction':
      if (change.psid !== psid) return thread;
      return { ...thread, messages: kept(thread.messages, change.message.mid, change.message) };
    case 'read':
      if (change.psid !== psid) return thread;
      return { ...thread, messages: markRead(thread.messages, change.readUntil) };
    case 'delivery':
      if (!change.delivery.events.some((event) => event.psid === psid)) return thread;
      return {
        ...thread,
        deliveries: kept(thread.deliveries, change.delivery.id, change.delivery),
      };
    case 'call':
      if (change.call.psid !== psid) return thread;
      return { ...thread, calls: kept(thread.calls, change.call.id, change.call) };
    case 'page':
    case 'person':
    case 'typing':
    case 'conversation':
    case 'faults':
    case 'alert':
    case 'webhook':
      break;
  }
  return thread;
}

function kept<T>(items: ReadonlyMap<string, T>, key: string, item: T): ReadonlyMap<string, T> {
  const more = new Map(items).set(key, item);
  const [oldest] = more.keys();
  if (more.size > KEPT && oldest !== undefined) more.delete(oldest);
  return more;
}

function markRead(
  messages: ReadonlyMap<string, ChatMessage>,
  until: number,
): ReadonlyMap<string, ChatMessage> {
  return new Map(
    [...messages].map(([mid, message]) =>
      message.direction === 'in' && message.timestamp <= until && message.status !== 'read'
        ? [mid, { ...message, status: 'read' }]
        : [mid, message],
    ),
  );
}
