import type { MessageContent } from '@bot/graph-client/builders';
import type { ConversationRecord } from './conversation-record.ts';
import type { BotEvent } from './event.ts';
import { messagingWindow, type WindowVerdict } from './messaging-window.ts';
import type { TakeoverRule } from './takeover.ts';
import type { TurnPorts } from './turn-ports.ts';

/** Who says it: humans may speak while they have the conversation, and for 7 days. */
export type Speaker = 'bot' | 'human';

/** Whether something may be said now. */
export interface SpeakingRights {
  /** By Meta's messaging window. */
  window(by: Speaker, message: MessageContent): WindowVerdict;
  /**
   * Whether somebody else answers the conversation, as known at this moment.
   *
   * @param behind How many events wait behind this one, when that is known.
   */
  isTakenOver(behind: number | undefined): Promise<boolean>;
}

export function createSpeakingRights(options: {
  readonly event: BotEvent;
  readonly record: ConversationRecord;
  readonly takeover: TakeoverRule | undefined;
  readonly ports: Pick<TurnPorts, 'clock' | 'waiting'>;
}): SpeakingRights {
  const { event, record, takeover, ports } = options;
  return {
    window: (by, message) =>
      messagingWindow({
        now: ports.clock.now(),
        lastPersonAt: record.personAt,
        by,
        message: kindOf(message),
      }),
    async isTakenOver(behind) {
      if (event.channel === 'standby') return true;
      if (takeover === undefined) return false;
      // A human's echo that came after the event stands behind it.
      const waiting = behind === 0 ? [] : ((await ports.waiting?.()) ?? []);
      const now = ports.clock.now();
      const until = waiting.reduce(
        (last, each) => takeover.after(last, each, now),
        record.takenOverUntil,
      );
      return until !== undefined && until > now;
    },
  };
}

function kindOf({ utility, template }: MessageContent): 'utility' | 'feedback' | 'other' {
  if (utility !== undefined) return 'utility';
  return template?.type === 'customer_feedback' ? 'feedback' : 'other';
}
