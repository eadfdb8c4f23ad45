import type { Fields } from '../graph/bodies.ts';
import type { MessageContent } from '../graph/content.ts';
import type { OutgoingMessage } from '../graph/message.ts';
import type { MessengerProfile } from '../graph/profile.ts';
import type { SendParameters } from '../graph/send-body.ts';
import type { InjectedFault } from '../faults/faults.ts';
import type { Person } from '../people.ts';

/** What a person can send besides text. */
export type AttachmentKind = 'sticker' | 'image' | 'location';

/** What a person tapped: a quick reply, which is sent as a message, or what is sent as a postback. */
export interface Tap {
  readonly kind: 'quick-reply' | 'postback';
  /** What the Page gave it to come back with. */
  readonly payload: string;
}

/**
 * How far a message came. From a person: `sending`, `retrying` after a failed attempt, `failed`
 * when given up, `delivered`, `read` after the Page's `mark_seen`. From the Page: `delivered`,
 * then `read`.
 */
export type MessageStatus = 'sending' | 'retrying' | 'failed' | 'delivered' | 'read';

/** One bubble. */
export interface ChatMessage {
  readonly mid: string;
  /** `out` is from the person, `in` from the Page. */
  readonly direction: 'in' | 'out';
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly text?: string;
  readonly attachment?: AttachmentKind;
  /** Set when the person did not write the text but tapped it. */
  readonly tap?: Tap;
  /** The message that it answers. */
  readonly replyTo?: string;
  /** How often the person changed the text; absent for never. */
  readonly edits?: number;
  /** Written by a human in the Page's inbox, not by the bot's app. */
  readonly byHuman?: true;
  /** The persona's name that the Page spoke under. */
  readonly persona?: string;
  /** What the sending app put into `message.metadata`. */
  readonly metadata?: string;
  /** What the Page sent, when it is more than text. */
  readonly content?: MessageContent;
  /** The Page's `message` exactly as it was sent, in Meta's JSON. */
  readonly payload?: OutgoingMessage;
  /** What the Page's call said beside it: `messaging_type`, `tag`, `reply_to`, `persona_id`, … */
  readonly parameters?: SendParameters;
  /** The other side's reaction to it, such as `love`; absent when there is none. */
  readonly reaction?: string;
  readonly status: MessageStatus;
  /** The HTTP status of the last failed attempt, 0 for no answer; absent while all is well. */
  readonly problem?: number;
}

/** One person talking to their Page. */
export interface Conversation {
  readonly psid: string;
  readonly pageId: string;
  readonly messages: readonly ChatMessage[];
  /** Until when typing dots show, in milliseconds since 1970; 0 for none. */
  readonly typingUntil: number;
  /** The person has read everything up to this time. */
  readonly readUntil: number;
  /** When the person last did what opens the messaging window; 0 for never. */
  readonly lastInboundAt: number;
  /** The app that has the conversation; absent while it is idle and every app may answer. */
  readonly ownerAppId?: string;
  /** The person has blocked the Page, and gets nothing from it. */
  readonly blocked: boolean;
  /** Set instead of the Page's menu for this person; absent for the Page's. */
  readonly menu?: NonNullable<MessengerProfile['persistent_menu']>;
}

/** A Page as it is set up. */
export interface PageState {
  readonly id: string;
  readonly name: string;
  /** What the Page set with `messenger_profile`, in Meta's JSON. */
  readonly profile: MessengerProfile;
  /** The webhook fields that the app gets; undefined when it is not subscribed. */
  readonly subscribedFields: readonly string[] | undefined;
}

/** One Graph API request, as it was answered. */
export interface GraphCall {
  readonly id: string;
  readonly method: string;
  /** Without the query string, which may carry secrets. */
  readonly path: string;
  /** The Page whose token it had; absent for none. */
  readonly pageId?: string;
  /** Whom it is about; absent for nobody. */
  readonly psid?: string;
  /** What it said, without credentials; files as their names. */
  readonly parameters: Fields;
  /** 0 when the connection was reset instead. */
  readonly status: number;
  /** Meta's error code, absent on success. */
  readonly errorCode?: number;
  readonly errorSubcode?: number;
  readonly response?: unknown;
  /** The id of the fault that struck; absent for none. */
  readonly fault?: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  /** How long until the answer. */
  readonly ms: number;
}

/** One POST to the webhook. */
export interface DeliveryAttempt {
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  readonly ms: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** Why no answer came, e.g. `ECONNREFUSED`. */
  readonly error?: string;
}

/** One event of a delivery. */
export interface DeliveredEvent {
  readonly pageId: string;
  /** Absent for what is about no person, such as a Page's policy warning. */
  readonly psid?: string;
  /** The webhook field that it belongs to, such as `messages` or `message_echoes`. */
  readonly field: string;
  /** Another app has the conversation: it is only told of. */
  readonly standby: boolean;
  /** The messages it tells of; none for a read or a handover. */
  readonly mids: readonly string[];
}

/** One delivery with all its attempts. */
export interface Delivery {
  readonly id: string;
  readonly events: readonly DeliveredEvent[];
  /** The signed bytes, which are ASCII: Meta escapes the rest. */
  readonly body: string;
  /** The header `X-Hub-Signature-256`. */
  readonly signature: string;
  readonly attempts: readonly DeliveryAttempt[];
  /** True once the webhook answered 200, or the delivery was given up. */
  readonly done: boolean;
  /** True once the webhook answered 200. */
  readonly accepted: boolean;
  /** The delivery that it repeats; absent for one of its own. */
  readonly replayOf?: string;
  /** The id of the fault that struck; absent for none. */
  readonly fault?: string;
}

/** What Meta tells the owner of an app whose webhook fails. */
export interface Alert {
  /** `failing` after 15 minutes; `disabled` after an hour, and the app is unsubscribed. */
  readonly kind: 'failing' | 'disabled';
  readonly pageId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Everything that happened, as plain data. It is live: read it, do not change it, and use
 * `structuredClone` to keep a moment of it. It grows until the emulator is closed, unless `history`
 * bounds it.
 */
export interface EmulatorState {
  /** By id. */
  readonly pages: Readonly<Record<string, PageState>>;
  readonly people: readonly Person[];
  /** By psid; a person who is there always has one. */
  readonly conversations: Readonly<Record<string, Conversation>>;
  readonly calls: readonly GraphCall[];
  readonly deliveries: readonly Delivery[];
  /** Those that can still strike. */
  readonly faults: readonly InjectedFault[];
  readonly alerts: readonly Alert[];
  /** The last attempt's HTTP status, 0 for no answer; undefined before the first. */
  readonly webhookStatus: number | undefined;
}

/** What `subscribe` tells. The values are parts of the live state. */
export type EmulatorChange =
  | { readonly kind: 'page'; readonly page: PageState }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'message'; readonly psid: string; readonly message: ChatMessage }
  | { readonly kind: 'reaction'; readonly psid: string; readonly message: ChatMessage }
  | { readonly kind: 'typing'; readonly psid: string; readonly typing: boolean }
  | { readonly kind: 'read'; readonly psid: string; readonly readUntil: number }
  /** The window, the owner, or whether it is blocked. */
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  | { readonly kind: 'call'; readonly call: GraphCall }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'faults'; readonly faults: readonly InjectedFault[] }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'webhook'; readonly status: number };
