import type { BotOptions } from './bot-options.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationRecord } from './conversation-record.ts';
import { SetupError, TurnOverError } from './errors.ts';
import type { BotEvent } from './event.ts';
import type { Outbox } from './outbox.ts';
import type { PastMessage } from './past.ts';
import type { Intent } from './recogniser.ts';
import type { Reply, ReplyOptions, ReplyOutcome } from './reply.ts';
import type { SessionRules } from './session.ts';
import type { StepJournal } from './step-journal.ts';
import type { Reminder, Timers } from './timers.ts';
import { noteInside } from './turn-inside.ts';
import type { TurnPorts } from './turn-ports.ts';
import type { Turn } from './turn.ts';

export interface RunningTurnOptions<Session> {
  readonly event: BotEvent;
  readonly conversation: Conversation;
  readonly record: ConversationRecord;
  readonly rules: SessionRules<Session>;
  readonly outbox: Outbox;
  readonly timers: Timers;
  readonly signal: AbortSignal;
  readonly ports: TurnPorts;
  readonly journal: StepJournal;
  readonly bot: Pick<BotOptions<Session>, 'locale' | 'recogniser'>;
}

/** A turn under way. Its session is read when it is first asked for. */
export class RunningTurn<Session> implements Turn<BotEvent, Session> {
  readonly event: BotEvent;
  readonly conversation: Conversation;
  readonly signal: AbortSignal;
  readonly isSilenced: boolean;
  readonly #options: RunningTurnOptions<Session>;
  #session: { value: Session; before: string } | undefined;
  #intents: Promise<readonly Intent[]> | undefined;
  #isOver = false;

  constructor(options: RunningTurnOptions<Session>) {
    const { event, conversation, record, signal } = options;
    this.event = event;
    this.conversation = conversation;
    this.signal = signal;
    this.isSilenced = event.channel === 'standby' || record.takenOverUntil !== undefined;
    this.#options = options;
    noteInside(this, options);
  }

  get session(): Session {
    return this.#read().value;
  }

  set session(value: Session) {
    this.#read().value = value;
  }

  get locale(): string {
    const { bot, record } = this.#options;
    const { locale = 'vi' } = bot;
    return record.locale ?? (typeof locale === 'string' ? locale : locale(this.event));
  }

  set locale(locale: string) {
    this.#options.record.locale = locale;
  }

  now(): number {
    return this.#options.ports.clock.now();
  }

  reply(reply: Reply | readonly Reply[], options: ReplyOptions = {}): Promise<ReplyOutcome> {
    return this.#options.outbox.say(reply, options);
  }

  async markSeen(): Promise<void> {
    if (this.isSilenced) return;
    const { pageId, psid: to } = this.conversation;
    const action = { pageId, to, action: 'mark_seen', signal: this.signal } as const;
    await this.#options.ports.sender.act(action).catch(() => {});
  }

  async step<Result>(
    name: string,
    effect: (step: { readonly id: string }) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (this.#isOver) throw new TurnOverError(`Step ${name}`);
    // Beside the steps of replies, which have names of their own.
    return this.#options.journal.step(`own-${name}`, effect);
  }

  remind(reminder: Reminder): void {
    if (this.#isOver) throw new TurnOverError(`Reminder ${reminder.name}`);
    if (reminder.name.startsWith(':')) {
      throw new SetupError(`A reminder's name does not begin with ":", as ${reminder.name} does.`);
    }
    this.#options.timers.set(reminder);
  }

  cancelReminder(name: string): void {
    this.#options.timers.cancel(name);
  }

  intents(): Promise<readonly Intent[]> {
    const { event, signal, locale } = this;
    const { recogniser } = this.#options.bot;
    if (event.type !== 'text' || recogniser === undefined) return Promise.resolve([]);
    this.#intents ??= recogniser.recognise({ text: event.text, locale, event, signal });
    return this.#intents;
  }

  async history(most = 20): Promise<readonly PastMessage[]> {
    if (!Number.isInteger(most) || most < 1) {
      throw new SetupError(`turn.history takes a whole number of at least 1, got ${most}.`);
    }
    const { event, conversation } = this;
    const { history } = this.#options.ports;
    try {
      return (await history?.({ event, conversation, most })) ?? [];
    } catch {
      return [];
    }
  }

  /** However the turn ended: what still runs of it does nothing more. */
  end(): void {
    this.#isOver = true;
  }

  /** Puts a session that was changed into the record. */
  keepSession(): void {
    if (this.#session === undefined) return;
    const { record, rules } = this.#options;
    const { value, before } = this.#session;
    const after = JSON.stringify(value) ?? '';
    const isOld = record.session !== undefined && record.session.version !== rules.version;
    if (after !== before || isOld) record.session = { version: rules.version, value };
  }

  #read(): { value: Session; before: string } {
    if (this.#session === undefined) {
      const { record, rules } = this.#options;
      // The record must stay as it was read, in case the turn fails.
      const value = rules.read(structuredClone(record.session));
      this.#session = { value, before: JSON.stringify(value) ?? '' };
    }
    return this.#session;
  }
}
