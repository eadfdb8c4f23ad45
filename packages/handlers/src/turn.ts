import { splitText } from '@bot/graph-client/builders';
import type { WebhookEvent } from '@bot/graph-client/webhook';

/** Sends to Messenger; `@bot/graph-client` fits after a line of wiring. */
export interface Sender {
  /** Sends one text of at most 2000 characters; rejects when it may not have arrived. */
  sendText(message: {
    readonly pageId: string;
    readonly to: string;
    readonly text: string;
    /** The step's id; comes back in the echo of the message. */
    readonly metadata: string;
    readonly signal: AbortSignal;
  }): Promise<{ readonly messageId: string }>;
}

/** Remembers across attempts which outside effects of a turn were done; `@bot/queue`'s turns do. */
export interface StepJournal {
  /**
   * Runs the effect unless a step of this name was done before, and answers its result either way;
   * `undefined` when it was done and its result is lost. The effect is told the step's id, the same
   * in every attempt.
   */
  step<Result>(
    name: string,
    effect: (step: { readonly id: string }) => Promise<Result>,
  ): Promise<Result | undefined>;
}

/** What a turn needs from outside. */
export interface TurnPorts extends StepJournal {
  readonly sender: Sender;
  /** Aborts when the turn must stop. */
  readonly signal: AbortSignal;
}

/** One person talking to one Page. */
export interface Conversation {
  /** `<pageId>:<psid>` */
  readonly id: string;
  readonly pageId: string;
  readonly psid: string;
}

/** One event being handled. */
export interface Turn<Event extends WebhookEvent = WebhookEvent> {
  readonly event: Event;
  readonly conversation: Conversation;
  readonly signal: AbortSignal;
  /**
   * Says something to the person; a text longer than Messenger's 2000 characters goes out in
   * parts. Each part is a step: when the turn is run again after a failure, parts that were sent
   * are not sent a second time, so a handler must say the same things in the same order whenever
   * it runs.
   *
   * @example
   * await turn.reply('Xin chào!');
   */
  reply(text: string): Promise<void>;
}

/** @throws {TypeError} for an event without a person; see {@link conversationOf}. */
export function createTurn(event: WebhookEvent, ports: TurnPorts): Turn {
  const conversation = conversationOf(event);
  if (!conversation) {
    throw new TypeError(`Event ${event.id} belongs to no conversation; it cannot have a turn.`);
  }
  let replies = 0;
  return {
    event,
    conversation,
    signal: ports.signal,
    async reply(text) {
      for (const part of splitText(text)) {
        replies += 1;
        await ports.step(`reply-${replies}`, ({ id }) =>
          ports.sender.sendText({
            pageId: conversation.pageId,
            to: conversation.psid,
            text: part,
            metadata: id,
            signal: ports.signal,
          }),
        );
      }
    },
  };
}

/** The conversation an event belongs to; some events, such as a policy notice, have no person. */
export function conversationOf(event: WebhookEvent): Conversation | undefined {
  const { pageId, psid } = event;
  return psid === undefined ? undefined : { id: `${pageId}:${psid}`, pageId, psid };
}
