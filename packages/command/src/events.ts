import type { QueueEvent } from '@bot/queue';

/** An event as it is shown: what a person said only where it was asked for. */
export interface ShownEvent {
  readonly id: string;
  readonly lane: string;
  /** Such as `text`; null for what is none of the bot's events. */
  readonly type: string | null;
  /** When it happened, in ms since 1970. */
  readonly timestamp: number;
  /** All of it, with `--words`. */
  readonly data?: unknown;
}

export function shownEvent(
  { id, lane, timestamp, data }: QueueEvent,
  { words = false }: { readonly words?: boolean },
): ShownEvent {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  return {
    id,
    lane,
    type: typeof type === 'string' ? type : null,
    timestamp,
    ...(words ? { data } : {}),
  };
}

/** `2026-11-26 11:29:33Z`. */
export function formatTime(timestamp: number): string {
  // Of a timestamp that is no date.
  if (!(Math.abs(timestamp) <= 8.64e15)) return String(timestamp);
  return new Date(timestamp).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** `0 s`, `90 s`, `5 min`, `3 h`, `4 d`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** `1 dead letter`, `2 dead letters`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
