import type { WebhookEvent } from '@bot/graph-client/webhook';

/**
 * A time that the bot asked to be told of has come; see {@link Turn.remind}. It is no event of
 * Meta's: it comes through the queue's delayed events and runs a turn like any other.
 */
export interface TimerEvent {
  readonly type: 'timer';
  readonly id: string;
  readonly platform: 'page' | 'instagram' | 'other';
  readonly pageId: string;
  readonly psid: string;
  /** When it is due, in milliseconds since 1970. */
  readonly timestamp: number;
  readonly channel: 'messaging';
  readonly name: string;
  /** What was handed in with it, as it comes back from JSON. */
  readonly data: unknown;
}

/** Whatever a turn can be about. */
export type BotEvent = WebhookEvent | TimerEvent;

/** An event of one type, as its handler sees it. */
export type EventOf<Type extends BotEvent['type']> = Extract<BotEvent, { type: Type }>;

/** Events that tell of the conversation and wait for no answer. */
const notices: ReadonlySet<BotEvent['type']> = new Set([
  'echo',
  'delivery',
  'read',
  'thread-control',
  'app-roles',
  'policy',
  'label',
  'template-status',
  'deletion',
  'unsupported',
]);

/**
 * Whether an event only tells of the conversation and waits for no answer, as echoes and receipts do.
 *
 * @example
 * if (!isNotice(event)) heard(event.pageId);
 */
export function isNotice({ type }: BotEvent): boolean {
  return notices.has(type);
}

/** What a person does to say something. */
const acts: ReadonlySet<BotEvent['type']> = new Set([
  'text',
  'attachments',
  'postback',
  'order',
  'customer-information',
  'account-linking',
]);

/** Whether the person did something that opens Messenger's window of 24 hours. */
export function opensWindow(event: BotEvent): boolean {
  if (event.channel === 'changes') return false;
  if (event.type === 'reaction') return event.action === 'react';
  // An ad alone does not: the person must write first.
  if (event.type === 'referral') return event.referral.source !== 'ADS';
  if (event.type === 'optin') return event.optinType !== 'notification_messages';
  return acts.has(event.type);
}
