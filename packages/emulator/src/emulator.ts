import type { Fault, InjectedFault } from './faults/faults.ts';
import type { Handshake } from './webhook/handshake.ts';
import type { Person } from './people.ts';
import type { Referral } from './webhook/person-events.ts';
import type { SentEvent } from './acts/person-acts.ts';
import type { AttachmentKind, Delivery, EmulatorChange, EmulatorState } from './state/state.ts';

/** A running local Messenger. */
export interface Emulator {
  /** Address of the chat page and, with `/v26.0/…` after it, of the Graph API. No slash at the end. */
  readonly url: string;
  readonly state: EmulatorState;
  /** With which the draws of faults can be had again. */
  readonly seed: number;
  /**
   * A person writes. The delivery goes out by itself: signed, after this person's earlier ones.
   * An id that nobody has yet becomes a person of the first Page.
   *
   * @param how - With `replyTo`, the message of either side that it answers.
   * @throws EmulatorError when the id is not digits or the text is empty.
   */
  say(psid: string, text: string, how?: { readonly replyTo?: string | undefined }): SentEvent;
  /** A person sends a thumbs-up sticker, a picture or a place. */
  attach(psid: string, kind: AttachmentKind): SentEvent;
  /**
   * A person taps what is on the screen, found by its title: a quick reply under the newest
   * message, a postback button of any message (of the newest with that title), an item of the
   * persistent menu in any language; in an empty conversation `Get Started` and ice breakers.
   * The title becomes the person's bubble.
   *
   * @param where - With `mid`, only what is part of that message of the Page.
   * @throws EmulatorError `NOTHING_TO_TAP`; its message lists the titles that there are.
   *
   * @example
   * ```ts
   * emulator.tap('6174920385517204', 'Xem thực đơn');
   * ```
   */
  tap(psid: string, title: string, where?: { readonly mid?: string | undefined }): SentEvent;
  /** A person reacts to a message of the Page; `undefined` takes the reaction back. */
  react(psid: string, mid: string, reaction: string | undefined): void;
  /** A person changes a text of theirs, five times at the most. */
  edit(psid: string, mid: string, text: string): void;
  /**
   * A person comes by an m.me link or an ad. In an empty conversation it is told with what they do
   * first, as Messenger does it.
   */
  refer(psid: string, referral: Referral): void;
  /** A person has seen everything. */
  read(psid: string): void;
  /** A person blocks the Page, or lets it write again. */
  block(psid: string, blocked: boolean): void;
  /**
   * Anything else that a person does: sender, recipient and time are put to it.
   *
   * @param field - The webhook field that it belongs to, one of `webhookFields`.
   * @throws EmulatorError `INVALID_EVENT` for another field, and for what is no JSON.
   *
   * @example
   * ```ts
   * emulator.emit(psid, 'messaging_account_linking', { account_linking: { status: 'linked' } });
   * ```
   */
  emit(psid: string, field: string, what: Readonly<Record<string, unknown>>): void;
  /** The same for a Page, as one of `entry[].changes[]`. */
  emitForPage(pageId: string, field: string, value: Record<string, unknown>): void;
  /**
   * A human answers from the Page's inbox: a bubble of the Page, and an echo of the inbox's app.
   *
   * @throws EmulatorError as `say`.
   */
  sayAsHuman(psid: string, text: string): SentEvent;
  /**
   * The conversation goes to the Page's inbox or back to the bot's app, which is told. While the
   * inbox has it, the app gets what happens as `standby`, and its sends are refused.
   */
  passThread(psid: string, to: 'inbox' | 'bot', metadata?: string): void;
  /** A human takes the conversation from the bot's app, which is told. */
  takeThread(psid: string): void;
  /** Nobody has the conversation any more: every app may answer. */
  releaseThread(psid: string): void;
  /** Somebody new, of the first Page unless said otherwise. */
  addPerson(person: { readonly name: string; readonly pageId?: string }): Person;
  /**
   * From now on something goes wrong.
   *
   * @throws EmulatorError `INVALID_FAULT`
   */
  inject(fault: Fault): InjectedFault;
  /** Ends a fault; answers whether it was still there. */
  removeFault(id: string): boolean;
  /**
   * Sends the same bytes once more.
   *
   * @throws EmulatorError `NOT_FOUND`
   */
  replay(deliveryId: string): Delivery;
  /** The Page gets a new access token: the one of before is dead, and refused with 190. */
  replaceToken(pageId: string, accessToken: string): void;
  /** The owner of the app subscribes it to a Page again. Default: all fields. */
  subscribePage(pageId: string, fields?: readonly string[]): void;
  /** Asks the webhook as Meta does when it is registered. */
  handshake(signal?: AbortSignal): Promise<Handshake>;
  /** Resolves when no delivery is under way or waiting for another attempt. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Tells each change as it happens, until the returned function is called. */
  subscribe(listener: (change: EmulatorChange) => void): () => void;
  /** Stops everything that was started. Deliveries under way are cut off. May be called again. */
  close(): Promise<void>;
}
