import { openPageGraph, type PageBook, type PageGraphOptions } from '@bot/pages';
import type { Handle } from '@bot/queue';
import { isDeletion } from '../deletion.ts';
import { createDeletionRecords, type RecordCommands } from '../records.ts';
import { createForgetting, type ForgettingOptions } from './forgetting.ts';
import type { GraphPage } from './person-lanes.ts';

export interface WithForgettingOptions extends Pick<
  ForgettingOptions,
  'queue' | 'sessions' | 'history' | 'clock'
> {
  readonly redis: RecordCommands;
  /** Asked for each wish. */
  readonly pages: Pick<PageBook, 'list'>;
  /** Of the clients that ask Graph for a person's ids. */
  readonly graph: PageGraphOptions;
}

/**
 * Has wishes to be forgotten carried out, and all other events handled as ever.
 *
 * @example
 * const handle = withForgetting(turns, { redis, queue, sessions, clock, pages, graph });
 * createWorker({ redis, handle });
 */
export function withForgetting(handle: Handle, options: WithForgettingOptions): Handle {
  const { redis, graph, ...kept } = options;
  const records = createDeletionRecords(redis);
  const pages = (): GraphPage[] =>
    options.pages
      .list()
      .map((page) => ({ pageId: page.pageId, graph: openPageGraph(page, graph) }));
  const forget = createForgetting({ ...kept, records, pages });
  return (event, turn) =>
    isDeletion(event.data) ? forget(event.data, event.timestamp, turn) : handle(event, turn);
}
