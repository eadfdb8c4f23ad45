import type { MessageContent } from '@bot/graph-client/builders';
import type { Conversation } from './conversation.ts';
import { ReplyError, TurnOverError } from './errors.ts';
import {
  toMessages,
  type Refusal,
  type Reply,
  type ReplyOptions,
  type ReplyOutcome,
} from './reply.ts';
import type { Sender } from './sender.ts';
import type { Speaker, SpeakingRights } from './speaking-rights.ts';
import type { BegunStep, StepJournal } from './step-journal.ts';

export interface OutboxOptions {
  readonly conversation: Conversation;
  readonly sender: Sender;
  readonly journal: StepJournal;
  readonly signal: AbortSignal;
  /** Messages a turn may send. */
  readonly mostMessages: number;
  /** Asked right before each send. */
  readonly rights: SpeakingRights;
  /** Told of each message that was refused, and that a message goes out. */
  readonly onRefused: (reason: Refusal) => void;
  readonly onSending: () => void;
}

interface Saying extends ReplyOptions {
  readonly by?: Speaker;
  /** What its steps are called, before their number. Default `reply`. */
  readonly step?: string;
}

/** Sends the replies of a turn, each message as a step of its own. */
export interface Outbox {
  /** Sends one message after another. Throws {@link ReplyError} before any of them is sent. */
  say(reply: Reply | readonly Reply[], how?: Saying): Promise<ReplyOutcome>;
  /** Whatever is said from now on came too late. */
  close(): void;
}

/** What a step keeps of a send. */
type Sent = { readonly messageId: string } | { readonly refused: Refusal };

export function createOutbox(options: OutboxOptions): Outbox {
  const { conversation, sender, journal, rights, signal } = options;
  const counts = new Map<string, number>();
  let messages = 0;
  let closed = false;

  function assertOpen(): void {
    if (closed) throw new TurnOverError('A reply');
  }

  async function deliver(
    message: MessageContent,
    { id, behind }: BegunStep,
    { utility: _utility, by = 'bot', step: _step, ...how }: Saying,
  ): Promise<Sent> {
    if (by === 'bot' && (await rights.isTakenOver(behind))) return { refused: 'taken-over' };
    // The turn may have ended while it was asked.
    assertOpen();
    const verdict = rights.window(by, message);
    if (verdict.kind === 'closed') return { refused: 'window-closed' };
    options.onSending();
    try {
      const { messageId } = await sender.send({
        ...how,
        pageId: conversation.pageId,
        to: conversation.psid,
        message,
        messagingType: verdict.messagingType,
        metadata: id,
        signal,
      });
      return { messageId };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused === undefined) throw error;
      return { refused };
    }
  }

  return {
    async say(reply, how = {}) {
      assertOpen();
      const { utility, by = 'bot' } = how;
      const said = toMessages(reply);
      const isClosed = said.some((part) => rights.window(by, part).kind === 'closed');
      const parts = utility !== undefined && isClosed ? toMessages({ utility }) : said;
      messages += parts.length;
      if (messages > options.mostMessages) {
        throw new ReplyError(
          `A turn may send ${options.mostMessages} messages, and this would be number ${messages}. Say less at once, or raise mostReplies.`,
        );
      }
      const messageIds: (string | undefined)[] = [];
      for (const part of parts) {
        assertOpen();
        const kind = how.step ?? 'reply';
        const number = (counts.get(kind) ?? 0) + 1;
        counts.set(kind, number);
        const sent = await journal.step(
          `${kind}-${number}`,
          (begun) => deliver(part, begun, how),
          part,
        );
        if (sent !== undefined && 'refused' in sent) {
          options.onRefused(sent.refused);
          return { kind: 'refused', reason: sent.refused };
        }
        messageIds.push(sent?.messageId);
      }
      return { kind: 'sent', messageIds };
    },
    close() {
      closed = true;
    },
  };
}

/** By the `kind` of an error of `@bot/graph-client`: what it means to a reply. */
const refusals: Readonly<Record<string, Refusal>> = {
  'window-closed': 'window-closed',
  'recipient-gone': 'recipient-gone',
  'thread-owned': 'taken-over',
  rejected: 'rejected',
};

function refusalOf(error: unknown): Refusal | undefined {
  const kind = error instanceof Error && 'kind' in error ? String(error.kind) : '';
  return Object.hasOwn(refusals, kind) ? refusals[kind] : undefined;
}
