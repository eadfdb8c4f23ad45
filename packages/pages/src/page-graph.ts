import { createGraphClient, type GraphClient, type GraphClientOptions } from '@bot/graph-client';
import type { ListedPage } from './page-book.ts';

/** What the clients of all Pages have in common. */
export type PageGraphOptions = Omit<GraphClientOptions, 'pageId' | 'accessToken'>;

/** Makes a client of a Page, with its own token and, where it has one, its own app's secret. */
export function openPageGraph(
  { pageId, settings }: ListedPage,
  options: PageGraphOptions,
): GraphClient {
  const { accessToken, appSecret = options.appSecret } = settings;
  return createGraphClient({ ...options, pageId, accessToken, appSecret });
}
