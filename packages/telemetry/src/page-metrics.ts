import { Gauge, type Registry } from 'prom-client';

/** What is known of a Page. Times are milliseconds since 1970. */
export interface PageFigures {
  readonly pageId: string;
  readonly checkedAt?: number | undefined;
  readonly trouble?: { readonly kind: string } | undefined;
  readonly missingFields?: readonly string[] | undefined;
  readonly silentSince?: number | undefined;
}

/** How the Pages are, the same at each worker; read at each scrape. */
export function addPageMetrics(registry: Registry, read: () => readonly PageFigures[]): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    set: (own: Gauge<Label | 'page'>, page: PageFigures) => void,
  ): void => {
    const own = new Gauge<Label | 'page'>({
      name,
      help,
      labelNames: ['page', ...labelNames],
      registers: [registry],
      collect() {
        own.reset();
        for (const page of read()) set(own, page);
      },
    });
  };
  gauge(
    'page_parked',
    'Pages whose conversations wait, by the kind of their trouble.',
    ['kind'],
    (own, { pageId: page, trouble }) => trouble && own.set({ page, kind: trouble.kind }, 1),
  );
  gauge(
    'page_missing_fields',
    'Webhook fields that the Page does not send, which it should.',
    [],
    (own, { pageId: page, missingFields = [] }) => own.set({ page }, missingFields.length),
  );
  gauge(
    'page_silent',
    '1 when a Page that used to talk has fallen silent.',
    [],
    (own, { pageId: page, silentSince }) => own.set({ page }, silentSince === undefined ? 0 : 1),
  );
  gauge(
    'page_checked_timestamp_seconds',
    'When the Page was last checked; 0 for never.',
    [],
    (own, { pageId: page, checkedAt = 0, trouble }) =>
      // Nobody checks a Page that is not listed: PageParked tells of it.
      trouble?.kind !== 'unlisted' && own.set({ page }, checkedAt / 1_000),
  );
}
