import type { QueueEvent } from '@bot/queue';
import { traceIdOf } from './trace-parent.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** What a line of the log says of an event. */
export interface EventFields {
  readonly event: string;
  readonly lane: string;
  /** Of a lane that is a Page's. */
  readonly page?: string;
  /** Of a lane that is a conversation. */
  readonly conversation?: string;
  readonly trace?: string;
}

/** Names an event by ids, and nothing else of it: neither its text nor who wrote it. */
export function eventFields(
  { id, lane, trace }: Pick<QueueEvent, 'id' | 'lane' | 'trace'>,
  pseudonyms: Pseudonyms,
): EventFields {
  const [page] = /^\d+(?=:)/.exec(lane) ?? [];
  const traceId = traceIdOf(trace);
  return {
    event: pseudonyms.hide(id),
    lane: pseudonyms.hide(lane),
    ...(page !== undefined && { page }),
    ...(/^\d+:\d+$/.test(lane) && { conversation: pseudonyms.of(lane) }),
    ...(traceId !== undefined && { trace: traceId }),
  };
}
