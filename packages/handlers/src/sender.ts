import type { MessageContent } from '@bot/graph-client/builders';
import type { MessagingType } from './messaging-window.ts';
import type { ReplyOptions } from './reply.ts';

/** A message on its way to a person. */
export interface Outgoing extends Omit<ReplyOptions, 'utility'> {
  readonly pageId: string;
  /** The person's page-scoped id. */
  readonly to: string;
  readonly message: MessageContent;
  readonly messagingType: MessagingType;
  /** The step's id, which comes back in the message's echo. */
  readonly metadata: string;
  readonly signal: AbortSignal;
}

/** What a person sees beside messages. */
export interface Action {
  readonly pageId: string;
  /** The person's page-scoped id. */
  readonly to: string;
  readonly action: 'typing_on' | 'mark_seen';
  readonly signal: AbortSignal;
}

/** Sends to Messenger; `@bot/graph-client` fits after a line of wiring. */
export interface Sender {
  /**
   * Sends one message; rejects when it may not have arrived. A property `kind` of the error, as
   * those of `@bot/graph-client` have it, tells refusals from failures.
   */
  send(message: Outgoing): Promise<{ readonly messageId: string }>;
  /** Shows that the Page types, or has read. */
  act(action: Action): Promise<void>;
}
