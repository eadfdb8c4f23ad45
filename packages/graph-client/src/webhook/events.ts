/** Which product the event comes from, by the delivery's `object`. */
export type Platform = 'page' | 'instagram' | 'other';

/**
 * Which list of the delivery held it. `standby`: another app answers this conversation at the
 * moment, so listen and say nothing. `changes`: a Page's own field, not a conversation.
 */
export type Channel = 'messaging' | 'standby' | 'changes';

/** What every event has. Events are plain data: through JSON and back they stay what they are. */
export interface EventBase {
  /**
   * Names the event: the same one delivered again has the same id, and nothing else has. Letters,
   * digits and `._$=+-` only, at most 240 characters.
   */
  readonly id: string;
  readonly platform: Platform;
  /** The Page (or Instagram account), as digits; `0` when the delivery names none. */
  readonly pageId: string;
  /** The person, as digits. */
  readonly psid: string | undefined;
  /** When it happened, in milliseconds since 1970; `0` when the delivery does not say. */
  readonly timestamp: number;
  readonly channel: Channel;
}

/** An event of a known person, which is every event of a known type. */
interface PersonEvent extends EventBase {
  readonly psid: string;
}

/** How a person came to the conversation: an m.me link or an ad. */
export interface Referral {
  readonly ref?: string;
  readonly source?: string;
  readonly type?: string;
  readonly adId?: string;
}

/** A picture, voice message, sticker, place, shared post or file. */
export interface Attachment {
  /** `image`, `audio`, `video`, `file`, `sticker`, `location`, `fallback`, or one to come. */
  readonly type: string;
  /** Never fetched here; it expires. */
  readonly url?: string;
  readonly stickerId?: string;
  /** Degrees. */
  readonly coordinates?: { readonly lat: number; readonly long: number };
}

/** A person wrote something. A link comes with its preview in `attachments`. */
export interface TextEvent extends PersonEvent {
  readonly type: 'text';
  readonly mid: string;
  readonly text: string;
  /** Set when the text is a tapped quick reply. */
  readonly quickReplyPayload?: string;
  /** The mid that it answers. */
  readonly replyToMid?: string;
  readonly attachments?: readonly Attachment[];
  readonly referral?: Referral;
}

/** A person sent something other than text, perhaps with a text. */
export interface AttachmentsEvent extends PersonEvent {
  readonly type: 'attachments';
  readonly mid: string;
  /** At least one. */
  readonly attachments: readonly Attachment[];
  readonly text?: string;
  readonly replyToMid?: string;
  readonly referral?: Referral;
}

/** A person tapped a button, a menu item or Get Started. */
export interface PostbackEvent extends PersonEvent {
  readonly type: 'postback';
  readonly mid?: string;
  readonly title: string;
  /** Absent when the button belongs to another app, and on standby. */
  readonly payload: string | undefined;
  readonly referral?: Referral;
}

/** A message that the Page sent, by this app or another; `psid` is the person who got it. */
export interface EchoEvent extends PersonEvent {
  readonly type: 'echo';
  readonly mid: string;
  readonly appId?: string;
  /** What the sender put into `message.metadata`. */
  readonly metadata?: string;
}

/** Messages of the Page reached the person. */
export interface DeliveryEvent extends PersonEvent {
  readonly type: 'delivery';
  readonly mids: readonly string[];
  /** All up to this time, in milliseconds, arrived. */
  readonly watermark?: number;
}

/** The person read messages of the Page: all up to `watermark`, or on Instagram up to `mid`. */
export interface ReadEvent extends PersonEvent {
  readonly type: 'read';
  readonly watermark?: number;
  readonly mid?: string;
}

/** A person reacted to a message, or took the reaction back. */
export interface ReactionEvent extends PersonEvent {
  readonly type: 'reaction';
  readonly mid: string;
  readonly action: 'react' | 'unreact';
  /** Meta's name for it, such as `love`. */
  readonly reaction?: string;
  readonly emoji?: string;
}

/** A person changed what a message says. */
export interface EditEvent extends PersonEvent {
  readonly type: 'edit';
  readonly mid: string;
  readonly text: string;
  /** How often it has been changed by now. */
  readonly edits?: number;
}

/** A person came back to the conversation over a link or an ad. */
export interface ReferralEvent extends PersonEvent {
  readonly type: 'referral';
  readonly referral: Referral;
}

/** A person agreed to get something. */
export interface OptinEvent extends PersonEvent {
  readonly type: 'optin';
  readonly optinType?: string;
  readonly payload?: string;
  readonly ref?: string;
}

/** Everything else: kinds to come, events without a person, ids that are none. */
export interface UnsupportedEvent extends EventBase {
  readonly type: 'unsupported';
  /** What it is about: its keys beside sender, recipient and timestamp; the field of a change. */
  readonly keys: readonly string[];
  /** The item as Meta wrote it; `null` when it is nested too deeply to be written as JSON again. */
  readonly raw: unknown;
}

/** One thing that a person or Meta did. Tell them apart by `type`. */
export type WebhookEvent =
  | TextEvent
  | AttachmentsEvent
  | PostbackEvent
  | EchoEvent
  | DeliveryEvent
  | ReadEvent
  | ReactionEvent
  | EditEvent
  | ReferralEvent
  | OptinEvent
  | UnsupportedEvent;
