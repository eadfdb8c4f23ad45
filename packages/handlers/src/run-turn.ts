import { isNotice, type BotEvent } from './event.ts';
import { speech } from './filters.ts';
import { HandlerError } from './handler-error.ts';
import { handlerOf } from './handler-name.ts';
import type { Middleware } from './middleware.ts';
import type { RunningTurn } from './running-turn.ts';
import { withinTime } from './time-limit.ts';
import type { TurnPorts } from './turn-ports.ts';
import type { Turn } from './turn.ts';
import { noteDown, notesOf } from './turn-note.ts';
import { startTyping, type Typing } from './typing.ts';

export interface RunOptions<Session> {
  readonly run: Middleware<Turn<BotEvent, Session>>;
  readonly ports: TurnPorts;
  readonly limitMs: number;
  readonly typingAfterMs: number;
  /** Is aborted when the turn takes too long. */
  readonly stop: AbortController;
  /** Given the dots, to be stopped when something is said. */
  readonly onTyping: (typing: Typing) => void;
}

/**
 * Runs the handlers for an event: in time, with dots when they take long, and with an error that
 * names what failed.
 *
 * @throws {HandlerError}
 */
export async function runTurn<Session>(
  turn: RunningTurn<Session>,
  { run, ports, limitMs, typingAfterMs, stop, onTyping }: RunOptions<Session>,
): Promise<void> {
  const { event, conversation, isSilenced } = turn;
  const { clock, sender } = ports;
  const { pageId, psid: to } = conversation;
  const isAwaited = !isSilenced && !isNotice(event) && event.type !== 'timer';
  const typing = startTyping({
    afterMs: isAwaited ? typingAfterMs : Infinity,
    clock,
    show: (signal) => sender.act({ pageId, to, action: 'typing_on', signal }),
  });
  onTyping(typing);
  try {
    await withinTime({ limitMs, clock, stop }, async () => {
      await run(turn, async () => {
        const isUnanswered = speech.fits(event) && !isSilenced;
        const isKnown = notesOf(turn).some(({ kind }) => kind === 'unanswered');
        if (isUnanswered && !isKnown) noteDown(turn, { kind: 'unanswered' });
      });
    });
    turn.keepSession();
  } catch (error) {
    // Whoever stopped the turn has decided about its event.
    if (ports.signal.aborted) throw error;
    throw new HandlerError(event, handlerOf(turn), error);
  } finally {
    turn.end();
    typing.end();
  }
}
