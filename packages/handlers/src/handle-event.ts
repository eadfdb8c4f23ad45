import type { BotOptions } from './bot-options.ts';
import { botTexts } from './bot-texts.ts';
import { gather, NO_BURSTS } from './burst.ts';
import { conversationOf } from './conversation.ts';
import { openRecord, type ConversationRecord } from './conversation-record.ts';
import { isNotice, type BotEvent } from './event.ts';
import type { Middleware } from './middleware.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { keepFor, keepUp } from './record-upkeep.ts';
import { runTurn } from './run-turn.ts';
import { RunningTurn } from './running-turn.ts';
import type { SessionRules } from './session.ts';
import { createSpeakingRights } from './speaking-rights.ts';
import { named, type StepJournal } from './step-journal.ts';
import type { TakeoverRule } from './takeover.ts';
import { createTimers, loseTimer, takeTimer } from './timers.ts';
import type { TurnPorts } from './turn-ports.ts';
import type { Turn } from './turn.ts';
import { outcomesOf } from './turn-note.ts';
import type { Typing } from './typing.ts';

/** A bot, as what runs its turns sees it. */
export interface Handling<Session> {
  readonly run: Middleware<Turn<BotEvent, Session>>;
  /** Whether any handler sees the event. */
  readonly hears: (event: BotEvent) => boolean;
  readonly options: BotOptions<Session>;
  readonly rules: SessionRules<Session>;
  readonly takeover: TakeoverRule | undefined;
}

/**
 * Handles one event: reads what is kept of its conversation, runs its turn, sets its reminders and
 * writes what changed. The writing comes last and names the event, so that an event which comes
 * again after it is known to be over, and one that comes again before it finds all as it was.
 */
export async function handleEvent<Session>(
  event: BotEvent,
  ports: TurnPorts,
  { run, hears, options, rules, takeover }: Handling<Session>,
): Promise<void> {
  const conversation = conversationOf(event);
  if (conversation === undefined) return;
  // Each message of the bot's own comes back as an echo and a receipt.
  if (isNotice(event) && !hears(event) && takeover?.concerns(event) !== true) return;
  const { clock, sessions, scheduler } = ports;
  const opened = await openRecord(conversation.id, sessions);
  const { record } = opened;
  if (record.savedBy === event.id) return;
  if (event.type === 'timer' && !takeTimer(event, record)) return;
  const now = clock.now();
  const change = keepUp(record, event, { sessionMs: rules.expireMs, takeover, now });
  const timers = createTimers({
    event,
    conversation,
    record,
    scheduler: sessions && scheduler,
    now: () => clock.now(),
  });
  // What a flow gathered is handed to handlers, which may change it in its place.
  const copy = (): ConversationRecord =>
    record.flow === undefined ? { ...record } : { ...record, flow: structuredClone(record.flow) };
  // What is left when a turn is given up on. Texts that wait are in no dead letter but that of their
  // own timer: for every other event they go on waiting for it.
  let left = copy();
  const events = gather(event, options.bursts ?? NO_BURSTS, record, timers);
  if (event.type === 'timer') left = copy();

  const rights = createSpeakingRights({ event, record, takeover, ports });
  const openOutbox = (
    signal: AbortSignal,
    onSending: () => void,
    journal: StepJournal = ports,
  ): Outbox =>
    createOutbox({
      conversation,
      sender: ports.sender,
      journal,
      rights,
      signal,
      mostMessages: options.mostReplies ?? 20,
      onRefused: (reason) => ports.onRefused?.(reason, conversation),
      onSending,
    });
  let typing: Typing | undefined;
  const stop = new AbortController();
  const { signal } = stop;
  // By hand, since AbortSignal.any costs as much as the rest of a short turn.
  const passOn = (): void => stop.abort(ports.signal.reason);
  ports.signal.addEventListener('abort', passOn, { once: true });
  if (ports.signal.aborted) passOn();
  const common = { conversation, record, rules, timers, signal, ports, bot: options };
  let outbox: Outbox | undefined;
  const turns: RunningTurn<Session>[] = [];

  for (const each of events) {
    // A replay of what interrupted a burst comes without the burst, and must find its own steps.
    const journal = each === events.at(-1) ? ports : named('burst', ports);
    outbox?.close();
    outbox = openOutbox(signal, () => typing?.stop(), journal);
    const turn = new RunningTurn<Session>({ ...common, event: each, outbox, journal });
    try {
      await runTurn(turn, {
        run,
        ports,
        limitMs: options.turnTimeoutMs ?? 20_000,
        typingAfterMs: options.typingAfterMs ?? 1_500,
        stop,
        onTyping: (started) => (typing = started),
      });
      turns.push(turn);
      if (each !== events.at(-1)) left = copy();
    } catch (error) {
      end();
      const isGivenUp = !ports.signal.aborted && (ports.givesUp?.(error) ?? true);
      if (isGivenUp) await giveUp(turn);
      throw error;
    }
  }
  end();
  await ports.onOutcome?.(outcomesOf(event, change, turns)).catch(() => {});
  record.savedBy = event.id;
  await timers.keep(record);
  await opened.save(record, keepFor(record, rules.expireMs, now));
  await timers.clean();

  function end(): void {
    outbox?.close();
    ports.signal.removeEventListener('abort', passOn);
  }

  /** Leaves the conversation without what the turn did: its next event must not suffer. */
  async function giveUp(turn: RunningTurn<Session>): Promise<void> {
    try {
      const { apology = ({ locale }) => botTexts(locale).apology } = options;
      const sorry = turn.isSilenced || isNotice(turn.event) ? undefined : apology(turn);
      const last = openOutbox(ports.signal, () => {});
      if (sorry !== undefined) await last.say(sorry, { step: 'apology' });
    } catch {
      // The failure itself is what its owner must hear of.
    }
    if (event.type === 'timer') loseTimer(event, left);
    try {
      await timers.keep(left);
      await opened.save(left, keepFor(left, rules.expireMs, now));
    } catch {
      // As above.
    }
  }
}
