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

/** An event of a known person, so of one conversation. */
export interface PersonEvent extends EventBase {
  readonly psid: string;
}

/** An event of the Page itself, and of no person. */
export interface PageEvent extends EventBase {
  readonly psid: undefined;
}
