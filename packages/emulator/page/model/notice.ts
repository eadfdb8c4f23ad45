import type { World } from './world.ts';

/** Something that is wrong, for the line at the top. */
export type Notice =
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'webhook-away'; readonly url: string }
  | {
      readonly kind: 'webhook-rejects' | 'webhook-fails';
      readonly url: string;
      readonly status: number;
    }
  | { readonly kind: 'webhook-failing'; readonly url: string }
  | { readonly kind: 'unsubscribed'; readonly pageId: string; readonly page: string };

/** The worst first. While there is no connection, nothing else is known. */
export function noticesOf(world: World): readonly Notice[] {
  if (!world.connected) return [{ kind: 'disconnected' }];
  return [...webhookNotices(world), ...unsubscribedPages(world)];
}

function webhookNotices({ webhook: { url, status }, alerts }: World): readonly Notice[] {
  if (status === undefined || (status >= 200 && status < 300)) return [];
  const failing = alerts.at(-1)?.kind === 'failing';
  const lasting: readonly Notice[] = failing ? [{ kind: 'webhook-failing', url }] : [];
  if (status === 0) return [{ kind: 'webhook-away', url }, ...lasting];
  const kind = status === 401 || status === 403 ? 'webhook-rejects' : 'webhook-fails';
  return [{ kind, url, status }, ...lasting];
}

/** Only those that lost it by failing: a Page may also never have been subscribed. */
function unsubscribedPages({ pages, alerts }: World): readonly Notice[] {
  const disabled = new Set(
    alerts.filter(({ kind }) => kind === 'disabled').map(({ pageId }) => pageId),
  );
  return [...pages.values()]
    .filter(({ id, subscribedFields }) => subscribedFields === undefined && disabled.has(id))
    .map(({ id, name }) => ({ kind: 'unsubscribed', pageId: id, page: name }));
}
