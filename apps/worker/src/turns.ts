import type { KeptHistory } from '@bot/history';
import { isNotice, type BotEvent, type Scheduler, type TurnPorts } from '@bot/handlers';
import type { Handle, Queue } from '@bot/queue';
import { currentTraceParent } from '@bot/telemetry';

/** What turns need beside their events. */
export interface TurnsOptions extends Pick<
  TurnPorts,
  'sender' | 'sessions' | 'clock' | 'onRefused'
> {
  readonly bot: { handle(event: BotEvent, ports: TurnPorts): Promise<void> };
  readonly queue: Pick<Queue, 'add' | 'cancel'>;
  /** Keeps what is said. */
  readonly history: Pick<KeptHistory, 'turn' | 'past'>;
  /** Told when somebody says something to a Page. */
  readonly onHeard?: (pageId: string) => void;
}

/** Runs the bot for the events of the queue. Each conversation has its lane, which bears its id. */
export function createTurns({ bot, queue, history, onHeard, ...ports }: TurnsOptions): Handle {
  const scheduler: Scheduler = {
    async add(timer, delayMs) {
      const { id, pageId, psid, timestamp } = timer;
      const lane = `${pageId}:${psid}`;
      // A reminder stays part of what set it.
      const trace = currentTraceParent();
      await queue.add({ id, lane, timestamp, data: timer, trace }, { delayMs });
    },
    async cancel({ id, conversation }) {
      await queue.cancel({ id, lane: conversation.id });
    },
  };
  return ({ data }, { step, signal, waiting, givesUp }) => {
    // What stands in a lane was put there by the webhook or above: it is of this type.
    const event = data as BotEvent;
    if (event.type !== 'timer' && !isNotice(event)) onHeard?.(event.pageId);
    return history.turn(event, step, (recorded) =>
      bot.handle(event, {
        ...ports,
        scheduler,
        ...recorded,
        signal,
        waiting: async () => (await waiting()).map((each) => each.data as BotEvent),
        givesUp,
        history: history.past,
      }),
    );
  };
}
