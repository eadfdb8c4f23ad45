import type { Clock } from './clock.ts';
import type { MessengerProfile } from './graph/profile.ts';
import { type Person, stranger } from './people.ts';
import type {
  ChatMessage,
  Conversation,
  Delivery,
  DeliveryAttempt,
  EmulatorChange,
  EmulatorState,
  GraphCall,
} from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type OpenMessage = Mutable<ChatMessage>;
type OpenConversation = Mutable<Omit<Conversation, 'messages'>> & { messages: OpenMessage[] };
type OpenDelivery = Mutable<Omit<Delivery, 'attempts'>> & { attempts: DeliveryAttempt[] };

/** How long typing dots stay without a typing_off (Meta's Sender Actions page: 20 seconds). */
const TYPING_MS = 20_000;

/** The one place that changes the state; each change is told to the listeners. */
export class Store {
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: EmulatorChange) => void>();
  readonly #people: Person[] = [];
  /** Without a prototype: the keys come from outside. */
  readonly #conversations: Record<string, OpenConversation> = Object.create(null);
  readonly #messages = new Map<string, { psid: string; message: OpenMessage }>();
  readonly #calls: GraphCall[] = [];
  readonly #deliveries: OpenDelivery[] = [];
  readonly state: EmulatorState & {
    profile: MessengerProfile;
    webhookStatus: number | undefined;
  };

  constructor(people: readonly Person[], clock: Clock) {
    this.#clock = clock;
    this.state = {
      people: this.#people,
      conversations: this.#conversations,
      profile: {},
      calls: this.#calls,
      deliveries: this.#deliveries,
      webhookStatus: undefined,
    };
    for (const person of people) this.addPerson(person);
  }

  subscribe(listener: (change: EmulatorChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  knows(psid: string): boolean {
    return psid in this.#conversations;
  }

  addPerson(person: Person): void {
    if (this.knows(person.psid)) return;
    this.#people.push(person);
    this.#conversations[person.psid] = {
      psid: person.psid,
      messages: [],
      typingUntil: 0,
      readUntil: 0,
    };
    this.#tell({ kind: 'person', person });
  }

  /** Milliseconds since 1970, never earlier than the conversation's last message. */
  nextTimestamp(psid: string): number {
    const last = this.#conversations[psid]?.messages.at(-1)?.timestamp ?? 0;
    return Math.max(this.#clock.now(), last);
  }

  /** Adds a bubble, and the person when new; a bubble from the Page ends its typing dots. */
  addMessage(psid: string, message: ChatMessage): void {
    const conversation = this.#open(psid);
    const open: OpenMessage = { ...message };
    conversation.messages.push(open);
    this.#messages.set(open.mid, { psid, message: open });
    if (open.direction === 'in') this.setTyping(psid, false);
    this.#tell({ kind: 'message', psid, message: open });
  }

  knowsMessage(psid: string, mid: string): boolean {
    return this.#messages.get(mid)?.psid === psid;
  }

  /** The Page reacts to a message, or takes its reaction back. */
  react(psid: string, mid: string, reaction: string | undefined): void {
    const message = this.#messages.get(mid)?.message;
    if (message === undefined) return;
    if (reaction === undefined) delete message.reaction;
    else message.reaction = reaction;
    this.#tell({ kind: 'reaction', psid, message });
  }

  setTyping(psid: string, typing: boolean): void {
    const conversation = this.#open(psid);
    if (!typing && conversation.typingUntil === 0) return;
    conversation.typingUntil = typing ? this.#clock.now() + TYPING_MS : 0;
    this.#tell({ kind: 'typing', psid, typing });
  }

  /** The Page has seen what the person wrote: everything delivered becomes read. */
  markSeen(psid: string): void {
    for (const message of this.#open(psid).messages) {
      if (message.direction === 'out' && message.status === 'delivered') {
        message.status = 'read';
        this.#tell({ kind: 'message', psid, message });
      }
    }
  }

  /** The person has read what the Page wrote. Answers the watermark, or undefined if nothing is new. */
  markRead(psid: string): number | undefined {
    const conversation = this.#open(psid);
    const unread = conversation.messages.filter(
      (message) => message.direction === 'in' && message.status === 'delivered',
    );
    const last = unread.at(-1);
    if (last === undefined) return undefined;
    for (const message of unread) message.status = 'read';
    conversation.readUntil = last.timestamp;
    this.#tell({ kind: 'read', psid, readUntil: last.timestamp });
    return last.timestamp;
  }

  setProfile(profile: MessengerProfile): void {
    this.state.profile = profile;
    this.#tell({ kind: 'profile', profile });
  }

  addCall(call: GraphCall): void {
    this.#calls.push(call);
    this.#tell({ kind: 'call', call });
  }

  addDelivery(start: Pick<Delivery, 'id' | 'psid' | 'event' | 'mids'>): Delivery {
    const delivery: OpenDelivery = { ...start, attempts: [], done: false, accepted: false };
    this.#deliveries.push(delivery);
    this.#tell({ kind: 'delivery', delivery });
    return delivery;
  }

  /** Notes an attempt of a delivery made by `addDelivery`; `final` when none will follow. */
  addAttempt(delivery: Delivery, attempt: DeliveryAttempt, final: boolean): void {
    const open = delivery as OpenDelivery;
    open.attempts.push(attempt);
    open.accepted = attempt.status === 200;
    open.done = open.accepted || final;
    this.#tell({ kind: 'delivery', delivery });
    this.#noteWebhook(attempt.status);
    if (open.event !== 'message' && open.event !== 'postback') return;
    for (const mid of open.mids) this.#noteArrival(mid, open, attempt.status);
  }

  #noteArrival(mid: string, delivery: OpenDelivery, status: number): void {
    const entry = this.#messages.get(mid);
    // mark_seen can come before the webhook's own answer: read stays read.
    if (entry === undefined || entry.message.status === 'read') return;
    const { psid, message } = entry;
    if (delivery.accepted) {
      message.status = 'delivered';
      delete message.problem;
    } else {
      message.status = delivery.done ? 'failed' : 'retrying';
      message.problem = status;
    }
    this.#tell({ kind: 'message', psid, message });
  }

  #noteWebhook(status: number): void {
    if (this.state.webhookStatus === status) return;
    this.state.webhookStatus = status;
    this.#tell({ kind: 'webhook', status });
  }

  #open(psid: string): OpenConversation {
    this.addPerson(this.knows(psid) ? { psid, name: '' } : stranger(psid));
    return this.#conversations[psid] as OpenConversation;
  }

  #tell(change: EmulatorChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        // A listener's mistake is its owner's to see, and not the next listener's to suffer.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
