import type { MessageContent } from './graph/content.ts';
import type { OutgoingMessage } from './graph/message.ts';
import type { MessengerProfile } from './graph/profile.ts';
import type { SendParameters } from './graph/send-body.ts';
import type { Person } from './people.ts';

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
  /** What the sending app put into `message.metadata`. */
  readonly metadata?: string;
  /** What the Page sent, when it is more than text. */
  readonly content?: MessageContent;
  /** The Page's `message` exactly as it was sent, in Meta's JSON. */
  readonly payload?: OutgoingMessage;
  /** What the Page's call said beside it: `messaging_type`, `tag`, `reply_to`, `persona_id`, … */
  readonly parameters?: SendParameters;
  /** The Page's reaction to it, such as `love`; absent when there is none. */
  readonly reaction?: string;
  readonly status: MessageStatus;
  /** The HTTP status of the last failed attempt, 0 for no answer; absent while all is well. */
  readonly problem?: number;
}

/** One person talking to the Page. */
export interface Conversation {
  readonly psid: string;
  readonly messages: readonly ChatMessage[];
  /** Until when typing dots show, in milliseconds since 1970; 0 for none. */
  readonly typingUntil: number;
  /** The person has read everything up to this time. */
  readonly readUntil: number;
}

/** One Graph API request, as it was answered. */
export interface GraphCall {
  readonly method: string;
  /** Without the query string, which may carry secrets. */
  readonly path: string;
  readonly status: number;
  /** Meta's error code, absent on success. */
  readonly errorCode?: number;
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

/** One delivery with all its attempts. */
export interface Delivery {
  readonly id: string;
  readonly psid: string;
  readonly event: 'message' | 'postback' | 'echo' | 'delivery' | 'read' | 'handover';
  /** The messages it tells of; none for a read or a handover. */
  readonly mids: readonly string[];
  readonly attempts: readonly DeliveryAttempt[];
  /** True once the webhook answered 200, or the delivery was given up. */
  readonly done: boolean;
  /** True once the webhook answered 200. */
  readonly accepted: boolean;
}

/**
 * Everything that happened, as plain data. It is live: read it, do not change it, and use
 * `structuredClone` to keep a moment of it. It grows until the emulator is closed.
 */
export interface EmulatorState {
  readonly people: readonly Person[];
  /** By psid; a person who is there always has one. */
  readonly conversations: Readonly<Record<string, Conversation>>;
  /** What the Page set with `messenger_profile`, in Meta's JSON. */
  readonly profile: MessengerProfile;
  readonly calls: readonly GraphCall[];
  readonly deliveries: readonly Delivery[];
  /** The last attempt's HTTP status, 0 for no answer; undefined before the first. */
  readonly webhookStatus: number | undefined;
}

/** What `subscribe` tells. The values are parts of the live state. */
export type EmulatorChange =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'message'; readonly psid: string; readonly message: ChatMessage }
  | { readonly kind: 'reaction'; readonly psid: string; readonly message: ChatMessage }
  | { readonly kind: 'typing'; readonly psid: string; readonly typing: boolean }
  | { readonly kind: 'read'; readonly psid: string; readonly readUntil: number }
  | { readonly kind: 'profile'; readonly profile: MessengerProfile }
  | { readonly kind: 'call'; readonly call: GraphCall }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'webhook'; readonly status: number };
