import type { Changes } from './changes.ts';
import type { Clock } from '../clock.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { MessengerProfile } from '../graph/profile.ts';
import type { Page } from '../pages.ts';
import { type Person, stranger } from '../people.ts';
import type { Records } from './records.ts';
import type {
  ChatMessage,
  Conversation,
  DeliveredEvent,
  Delivery,
  EmulatorState,
  PageState,
} from './state.ts';
import { webhookFields } from '../webhook/webhook-fields.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type OpenMessage = Mutable<ChatMessage>;
type OpenConversation = Mutable<Omit<Conversation, 'messages'>> & { messages: OpenMessage[] };

/** A conversation is idle again after 24 hours (Conversation Routing page, 2025-09-24). */
const OWNED_MS = 24 * 60 * 60 * 1_000;

/** How long typing dots stay without a typing_off (Meta's Sender Actions page: 20 seconds). */
const TYPING_MS = 20_000;

/** What the store is made of. */
export interface StoreParts {
  readonly pages: readonly Page[];
  readonly people: readonly Person[];
  readonly history: number;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly records: Records;
  readonly faults: FaultBook;
}

/** What became of events, as far as the messages in them are concerned. */
interface Outcome extends Pick<Delivery, 'accepted' | 'done'> {
  readonly events: readonly Pick<DeliveredEvent, 'field' | 'mids'>[];
}

/** The one place that changes Pages, people and conversations; each change is told. */
export class Store {
  readonly #clock: Clock;
  readonly #changes: Changes;
  readonly #history: number;
  readonly #firstPage: string;
  readonly #people: Person[] = [];
  readonly #persons = new Map<string, Person>();
  readonly #pages: Record<string, Mutable<PageState>> = Object.create(null);
  /** Without a prototype: the keys come from outside. */
  readonly #conversations: Record<string, OpenConversation> = Object.create(null);
  readonly #messages = new Map<string, { psid: string; message: OpenMessage }>();
  readonly #ownedUntil = new Map<string, number>();
  readonly state: EmulatorState & { webhookStatus: number | undefined };

  constructor(parts: StoreParts) {
    const { pages, people, records, faults } = parts;
    this.#clock = parts.clock;
    this.#changes = parts.changes;
    this.#history = parts.history;
    this.#firstPage = pages[0]?.id ?? '';
    this.state = {
      pages: this.#pages,
      people: this.#people,
      conversations: this.#conversations,
      calls: records.calls,
      deliveries: records.deliveries,
      faults: faults.injected,
      alerts: records.alerts,
      webhookStatus: undefined,
    };
    for (const { id, name } of pages) {
      this.#pages[id] = { id, name, profile: {}, subscribedFields: webhookFields };
    }
    for (const person of people) this.addPerson(person);
  }

  page(id: string): PageState | undefined {
    return this.#pages[id];
  }

  setProfile(pageId: string, profile: MessengerProfile): void {
    this.#changePage(pageId, { profile });
  }

  /** Undefined ends the subscription. */
  setSubscription(pageId: string, subscribedFields: readonly string[] | undefined): void {
    this.#changePage(pageId, { subscribedFields });
  }

  person(psid: string): Person | undefined {
    return this.#persons.get(psid);
  }

  conversation(psid: string): Conversation | undefined {
    return this.#conversations[psid];
  }

  message(mid: string): { readonly psid: string; readonly message: ChatMessage } | undefined {
    return this.#messages.get(mid);
  }

  addPerson(person: Person): void {
    if (this.#persons.has(person.psid)) return;
    this.#people.push(person);
    this.#persons.set(person.psid, person);
    this.#conversations[person.psid] = {
      psid: person.psid,
      pageId: person.pageId,
      messages: [],
      typingUntil: 0,
      readUntil: 0,
      lastInboundAt: person.wroteAt ?? 0,
      blocked: false,
    };
    this.#changes.tell({ kind: 'person', person });
  }

  /** Answers the person's conversation; a person whom nobody named talks to the first Page. */
  open(psid: string): Conversation {
    return this.#open(psid);
  }

  /** Milliseconds since 1970, never earlier than the conversation's last message. */
  nextTimestamp(psid: string): number {
    const last = this.#conversations[psid]?.messages.at(-1)?.timestamp ?? 0;
    return Math.max(this.#clock.now(), last);
  }

  /** Adds a bubble; one from the Page ends its typing dots. */
  addMessage(psid: string, message: ChatMessage): void {
    const { messages } = this.#open(psid);
    const open: OpenMessage = { ...message };
    messages.push(open);
    this.#messages.set(open.mid, { psid, message: open });
    if (messages.length > this.#history * 2 + 20) {
      for (const { mid } of messages.splice(0, messages.length - this.#history)) {
        this.#messages.delete(mid);
      }
    }
    if (open.direction === 'in') this.setTyping(psid, false);
    this.#changes.tell({ kind: 'message', psid, message: open });
  }

  changeMessage(mid: string, change: Pick<ChatMessage, 'text' | 'edits'>): void {
    const { psid, message } = this.#messages.get(mid) ?? {};
    if (psid === undefined || message === undefined) return;
    Object.assign(message, change);
    this.#changes.tell({ kind: 'message', psid, message });
  }

  /** The other side reacts to a message, or takes its reaction back. */
  react(psid: string, mid: string, reaction: string | undefined): void {
    const message = this.#messages.get(mid)?.message;
    if (message === undefined) return;
    if (reaction === undefined) delete message.reaction;
    else message.reaction = reaction;
    this.#changes.tell({ kind: 'reaction', psid, message });
  }

  setTyping(psid: string, typing: boolean): void {
    const conversation = this.#open(psid);
    if (!typing && conversation.typingUntil === 0) return;
    conversation.typingUntil = typing ? this.#clock.now() + TYPING_MS : 0;
    this.#changes.tell({ kind: 'typing', psid, typing });
  }

  /** The Page has seen what the person wrote: everything delivered becomes read. */
  markSeen(psid: string): void {
    for (const message of this.#open(psid).messages) {
      if (message.direction === 'out' && message.status === 'delivered') {
        message.status = 'read';
        this.#changes.tell({ kind: 'message', psid, message });
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
    this.#changes.tell({ kind: 'read', psid, readUntil: last.timestamp });
    return last.timestamp;
  }

  /** The person did what opens the messaging window. */
  noteInbound(psid: string): void {
    this.#changeConversation(psid, { lastInboundAt: this.#clock.now() });
  }

  /** The app that has the conversation; undefined while it is idle. */
  owner(psid: string): string | undefined {
    const { ownerAppId } = this.#open(psid);
    if (ownerAppId === undefined) return undefined;
    if ((this.#ownedUntil.get(psid) ?? 0) > this.#clock.now()) return ownerAppId;
    this.setOwner(psid, undefined);
    return undefined;
  }

  /** Undefined leaves it idle. */
  setOwner(psid: string, appId: string | undefined, ms: number = OWNED_MS): void {
    const conversation = this.#open(psid);
    if (appId === undefined) delete conversation.ownerAppId;
    else conversation.ownerAppId = appId;
    this.#ownedUntil.set(psid, this.#clock.now() + ms);
    this.#changes.tell({ kind: 'conversation', conversation });
  }

  setBlocked(psid: string, blocked: boolean): void {
    this.#changeConversation(psid, { blocked });
  }

  /** Undefined gives the person the Page's menu again. */
  setMenu(psid: string, menu: MessengerProfile['persistent_menu']): void {
    const conversation = this.#open(psid);
    if (menu === undefined) delete conversation.menu;
    else conversation.menu = menu;
    this.#changes.tell({ kind: 'conversation', conversation });
  }

  /** What an attempt of a delivery meant for the messages in it, and for the webhook's state. */
  noteAttempt({ events, accepted, done }: Outcome, status: number): void {
    for (const { field, mids } of events) {
      if (field !== 'messages' && field !== 'messaging_postbacks') continue;
      for (const mid of mids) this.#noteArrival(mid, accepted, done, status);
    }
    if (this.state.webhookStatus === status) return;
    this.state.webhookStatus = status;
    this.#changes.tell({ kind: 'webhook', status });
  }

  /** Events that will never be sent: their Page has lost its subscription. */
  noteDropped(events: Outcome['events']): void {
    this.noteAttempt({ events, accepted: false, done: true }, this.state.webhookStatus ?? 0);
  }

  #noteArrival(mid: string, accepted: boolean, done: boolean, status: number): void {
    const entry = this.#messages.get(mid);
    if (entry === undefined) return;
    const { psid, message } = entry;
    // mark_seen can come before the webhook's own answer, and a replay can fail.
    if (message.status === 'read' || (!accepted && message.status === 'delivered')) return;
    if (accepted) {
      message.status = 'delivered';
      delete message.problem;
    } else {
      message.status = done ? 'failed' : 'retrying';
      message.problem = status;
    }
    this.#changes.tell({ kind: 'message', psid, message });
  }

  #open(psid: string): OpenConversation {
    this.addPerson(this.#persons.get(psid) ?? stranger(psid, this.#firstPage));
    return this.#conversations[psid] as OpenConversation;
  }

  #changeConversation(psid: string, change: Partial<Conversation>): void {
    const conversation = Object.assign(this.#open(psid), change);
    this.#changes.tell({ kind: 'conversation', conversation });
  }

  #changePage(id: string, change: Partial<PageState>): void {
    const page = this.#pages[id];
    if (page === undefined) return;
    Object.assign(page, change);
    this.#changes.tell({ kind: 'page', page });
  }
}
