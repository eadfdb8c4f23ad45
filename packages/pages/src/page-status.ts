import type { ListedPage } from './page-book.ts';
import type { PageRecord } from './page-records.ts';

/** How a Page is, as far as the workers know. */
export interface PageStatus extends Omit<PageRecord, 'pageId'> {
  /** Absent for the Page of a single token, until a worker has asked Graph. */
  readonly pageId?: string | undefined;
}

/** The Pages that are listed, and those that are not and that people write to all the same. */
export function statusOf(
  listed: readonly ListedPage[],
  records: readonly PageRecord[],
): readonly PageStatus[] {
  const isSingle = listed.every(({ pageId }) => pageId === undefined);
  if (isSingle && records.length > 0) return records;
  const known = new Map(records.map((record) => [record.pageId, record]));
  const own = listed.map(({ pageId, settings }): PageStatus => {
    const record = known.get(pageId ?? '');
    return { ...record, pageId, name: settings.name ?? record?.name };
  });
  const strangers = records.filter(
    ({ pageId, trouble }) => trouble && !listed.some((page) => page.pageId === pageId),
  );
  return [...own, ...strangers];
}
