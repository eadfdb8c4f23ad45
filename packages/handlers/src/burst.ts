import type { TextEvent } from '@bot/graph-client/webhook';
import type { ConversationRecord } from './conversation-record.ts';
import { isNotice, type BotEvent } from './event.ts';
import type { Timers } from './timers.ts';

/** When several texts of one person are answered together. */
export interface BurstOptions {
  /** Silence after which they are; the queue's timers are up to a second late. Default 1.5 s. */
  readonly quietMs?: number;
  /** Time from the first text after which they are, however many follow. Default 8 s. */
  readonly mostMs?: number;
  /** Texts after which they are. Default 10. */
  readonly mostTexts?: number;
}

/** Of a bot without bursts: it still answers what a deploy left waiting. */
export const NO_BURSTS: BurstOptions = { mostTexts: 1 };

/** The timer that ends a burst; its name cannot be a bot's own. */
export const BURST_TIMER = ':burst';

/**
 * Takes an event and answers what is to be handled now: nothing for a text that others may follow,
 * the texts before it as one for whatever interrupts them. People write in fragments; an answer to
 * each would talk past them.
 */
export function gather(
  event: BotEvent,
  { quietMs = 1_500, mostMs = 8_000, mostTexts = 10 }: BurstOptions,
  record: ConversationRecord,
  timers: Timers,
): readonly BotEvent[] {
  if (event.channel !== 'messaging' || isNotice(event)) return [event];
  if (event.type === 'timer' && event.name === BURST_TIMER) {
    // It holds what was written, so that its dead letter is enough to answer it, also when other
    // texts wait by then: they have a timer of their own.
    const texts = event.data as readonly TextEvent[];
    if (record.burst?.at(-1)?.id === texts.at(-1)?.id) record.burst = undefined;
    return merge(texts);
  }
  // A tap is meant as it is, and whoever taps has finished writing.
  const isFragment = event.type === 'text' && event.quickReplyPayload === undefined;
  const texts = [...(record.burst ?? []), ...(isFragment ? [event] : [])];
  const [first] = texts;
  const isFull = texts.length >= mostTexts || event.timestamp - (first?.timestamp ?? 0) >= mostMs;
  if (isFragment && !isFull) {
    record.burst = texts;
    timers.set({ name: BURST_TIMER, afterMs: quietMs, data: texts });
    return [];
  }
  if (record.burst !== undefined) {
    record.burst = undefined;
    timers.cancel(BURST_TIMER);
  }
  return [...merge(texts), ...(isFragment ? [] : [event])];
}

/** Several texts as one: the last with all the words. */
function merge(texts: readonly TextEvent[]): TextEvent[] {
  const last = texts.at(-1);
  if (last === undefined || texts.length === 1) return [...texts];
  return [{ ...last, text: texts.map(({ text }) => text).join('\n') }];
}
