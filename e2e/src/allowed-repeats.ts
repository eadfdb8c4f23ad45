import type { ChatMessage, EmulatorState } from '@bot/emulator';

/** How long the worker waits for the echo of a send of which it does not know what became. */
const CONFIRM_WITHIN_MS = 5_000;

/** What the local Messenger knows of conversations and of what it delivered. */
export type Told = Pick<EmulatorState, 'conversations' | 'deliveries'>;

/**
 * What a person was told, without what P4 allows to be said again: a send whose echo the webhook did
 * not take in the time that the worker waits for it.
 */
export function saidOnce(told: Told, psid: string): string[] {
  const firsts = new Map<string, ChatMessage>();
  return (told.conversations[psid]?.messages ?? [])
    .filter((message) => {
      const { direction, metadata = message.mid } = message;
      if (direction === 'out') return false;
      const first = firsts.get(metadata);
      if (first) return echoTookMs(told, first) < CONFIRM_WITHIN_MS;
      firsts.set(metadata, message);
      return true;
    })
    .map(({ text = '' }) => text);
}

/** From a message of the Page until the webhook had taken its echo. */
function echoTookMs({ deliveries }: Told, { mid, timestamp }: ChatMessage): number {
  const takenAt = deliveries
    .filter(({ events }) =>
      events.some(({ field, mids }) => field === 'message_echoes' && mids.includes(mid)),
    )
    .flatMap(({ attempts }) => attempts)
    .filter(({ status }) => status === 200)
    .map(({ at, ms }) => at + ms);
  return Math.min(...takenAt) - timestamp;
}
