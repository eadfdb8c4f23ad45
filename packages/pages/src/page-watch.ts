import { createHash } from 'node:crypto';
import type { ListedPage, PageBook } from './page-book.ts';
import { checkPage, type PageCheckOptions } from './page-check.ts';
import type { PageRecord, PageRecords } from './page-records.ts';
import type { PageSettings } from './page-settings.ts';
import { followSilence, type SilenceListener } from './page-silence.ts';
import { troubleOf, type PageTrouble } from './page-trouble.ts';

/** Who is told of changes: of each by one worker only, but for `settled`. */
export interface PageWatchListener extends SilenceListener {
  /** No reply of the Page can be sent for now; its conversations wait. */
  parked(pageId: string, trouble: PageTrouble): void;
  /** The trouble is over. */
  resumed(pageId: string): void;
  /** In every worker: what this process remembers of the Page's trouble is of the past. */
  settled(pageId: string): void;
  /** Fields that the Page does not send, and that could not be subscribed to. */
  unsubscribed(pageId: string, fields: readonly string[]): void;
  /** The Page had stopped sending these fields; it sends them again. */
  repaired(pageId: string, fields: readonly string[]): void;
  /** Graph would not say what the Page sends, or not take what it should send. */
  unreadable(pageId: string, refusal: string): void;
  /** A Page could not be checked, or Redis did not answer; it is tried again. */
  failed(pageId: string | undefined, error: unknown): void;
}

export interface PageWatchOptions {
  readonly pages: PageBook;
  readonly records: PageRecords;
  /** A client of the Page, as {@link checkPage} needs it. */
  readonly graphOf: (page: ListedPage) => PageCheckOptions['graph'];
  /** Webhook fields that every Page should send. */
  readonly fields: readonly string[];
  readonly listener: PageWatchListener;
  readonly clock: {
    now(): number;
    /** Resolves after `ms`, or at once when the signal aborts. */
    wait(ms: number, signal: AbortSignal): Promise<void>;
  };
}

/** Looks after the Pages until it is closed. */
export interface PageWatch {
  /** What was known of the Pages a few seconds ago; of one that was never checked only its id. */
  read(): readonly PageRecord[];
  /** A send of the Page failed. */
  failed(pageId: string, error: unknown): void;
  /** A message of the Page was sent. */
  sent(pageId: string): void;
  /** Somebody said something to the Page. */
  heard(pageId: string): void;
  /** Looks at once: the Pages have changed. */
  look(): void;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LOOK_EVERY_MS = 5_000;
/** Longer than a check takes, and than what others know of it is old. */
const CLAIM_MS = MINUTE_MS - LOOK_EVERY_MS;
const CHECKS_AT_ONCE = 8;
/** Nobody checks a Page that is not listed; what it lacks is found out anew if people still write to it. */
const UNLISTED_MS = HOUR_MS;
/** The Page of a single token, until Graph has said which it is. */
const UNKNOWN_ID = 'me';

/**
 * Checks each Page at the start, hourly, when its settings change, and each minute while it is in trouble.
 * All workers watch, one of them checks; what they find out they share by the records.
 */
export function createPageWatch(options: PageWatchOptions): PageWatch {
  const { pages, records, graphOf, fields, listener, clock } = options;
  const silence = followSilence({ records, listener, now: () => clock.now() });
  const closing = new AbortController();
  let waking = new AbortController();
  let known: ReadonlyMap<string, PageRecord> = new Map();
  /** Settings that were seen, to find out about changes. */
  const seen = new Map<string, ListedPage['settings']>();
  const under = new Set<Promise<void>>();
  /** Pages whose check nobody of this process has come to yet. */
  const due = new Map<string, ListedPage>();
  let checkers = 0;
  let singleId: string | undefined;
  let singleAskedAt = -Infinity;

  const idOf = ({ pageId }: ListedPage): string => pageId ?? singleId ?? UNKNOWN_ID;

  /** What goes on beside the looks; its failure is told. */
  function begin(pageId: string, work: () => Promise<void>): Promise<void> {
    const running = work()
      .catch((error: unknown) => closing.signal.aborted || listener.failed(pageId, error))
      .then(() => void under.delete(running));
    under.add(running);
    return running;
  }

  function remember(pageId: string, trouble: PageTrouble | undefined): void {
    const { trouble: _before, ...record } = known.get(pageId) ?? { pageId };
    known = new Map(known).set(pageId, trouble === undefined ? record : { ...record, trouble });
  }

  async function park(
    pageId: string,
    found: PageTrouble,
    settings: PageSettings | undefined,
  ): Promise<void> {
    const before = known.get(pageId)?.trouble;
    if (before?.kind === found.kind) return;
    const trouble = { ...found, settings: settings && fingerprint(settings) };
    remember(pageId, trouble);
    if (before !== undefined) await records.clearTrouble(pageId);
    if (await records.noteTrouble(pageId, trouble)) listener.parked(pageId, trouble);
  }

  async function resume(pageId: string): Promise<void> {
    remember(pageId, undefined);
    listener.settled(pageId);
    if (await records.clearTrouble(pageId)) listener.resumed(pageId);
  }

  async function check(page: ListedPage): Promise<void> {
    const [graph, now, { pageId }, { signal }] = [graphOf(page), clock.now(), page, closing];
    const found = await checkPage({ graph, pageId, fields, repair: true, now, signal });
    // It says nothing of settings that were changed, or of a Page taken out, meanwhile.
    if (!pages.list().some(({ settings }) => settings === page.settings)) return;
    const seenNow = { checkedAt: now, checkedWith: fingerprint(page.settings) };
    if (found.kind === 'trouble') {
      const id = idOf(page);
      const { name = '', missingFields = [] } = known.get(id) ?? {};
      const foundTrouble = found.trouble.kind;
      await records.noteCheck(id, { ...seenNow, foundTrouble, name, missingFields });
      return park(id, found.trouble, page.settings);
    }
    const { pageId: id, name, missingFields, repairedFields, refusal } = found;
    if (pageId === undefined) await learnSingle(id);
    const { trouble, foundTrouble } = known.get(id) ?? {};
    if (trouble && isOver(trouble, foundTrouble, seenNow)) await resume(id);
    await records.noteCheck(id, { ...seenNow, name, missingFields });
    if (repairedFields.length > 0) listener.repaired(id, repairedFields);
    if (missingFields.length > 0) listener.unsubscribed(id, missingFields);
    if (refusal !== undefined) listener.unreadable(id, refusal);
  }

  async function learnSingle(id: string): Promise<void> {
    const before = singleId ?? UNKNOWN_ID;
    singleId = id;
    if (before !== id && known.get(before)?.trouble) await resume(before);
  }

  /** A dead token does not say whose it is; what was known of it before, and what it sent for, does. */
  function recogniseSingle(found: readonly PageRecord[]): void {
    const page = pages.list().find(({ pageId }) => pageId === undefined);
    if (page === undefined || singleId !== undefined) return;
    const mark = fingerprint(page.settings);
    const others = found.filter(({ pageId }) => pageId !== UNKNOWN_ID);
    const own =
      others.find(({ checkedWith }) => checkedWith === mark) ??
      others.find(({ trouble }) => trouble?.settings === mark);
    singleId = own?.pageId;
  }

  function isDue(page: ListedPage): boolean {
    const now = clock.now();
    const id = idOf(page);
    // Which Page a single token is of each process finds out for itself.
    if (id === UNKNOWN_ID) return now - singleAskedAt >= MINUTE_MS;
    // Not seen yet, or set up otherwise than when it was.
    if (seen.get(id) !== page.settings) return true;
    const { checkedAt = -Infinity, trouble } = known.get(id) ?? {};
    // Each call of a throttled Page makes its wait longer.
    if (now < (trouble?.until ?? 0)) return false;
    return now - checkedAt >= (trouble === undefined ? HOUR_MS : MINUTE_MS);
  }

  async function claim(page: ListedPage): Promise<boolean> {
    const id = idOf(page);
    if (id === UNKNOWN_ID) {
      singleAskedAt = clock.now();
      return true;
    }
    // A new token need not wait for the end of the claim to check the old one.
    return records.claim(`${id}:${fingerprint(page.settings)}`, CLAIM_MS);
  }

  /** Checks go on beside the looks: one that hangs must not keep news of other Pages. */
  function checkDue(): void {
    const listed = pages.list();
    for (const page of listed.filter(isDue)) due.set(idOf(page), page);
    for (const page of listed) seen.set(idOf(page), page.settings);
    while (checkers < CHECKS_AT_ONCE && due.size > 0) void checkInTurn();
  }

  async function checkInTurn(): Promise<void> {
    checkers += 1;
    for (const [id, page] of due) {
      due.delete(id);
      await begin(id, async () => {
        if (await claim(page)) await check(page);
      });
      if (closing.signal.aborted) break;
    }
    checkers -= 1;
  }

  async function readRecords(): Promise<void> {
    const before = known;
    const found = await records.list();
    recogniseSingle(found);
    const listed = new Set(pages.list().map(idOf));
    const relevant: PageRecord[] = [];
    for (const record of found) {
      const { pageId, trouble } = record;
      if (listed.has(pageId)) {
        relevant.push(record);
        continue;
      }
      // Only who saw it listed knows that it was taken out, and that the file here is not an old one.
      const wasTakenOut = seen.delete(pageId) || pageId === UNKNOWN_ID;
      // While nobody knows whose a single token is, it may be this Page's.
      const isOld =
        !listed.has(UNKNOWN_ID) &&
        trouble !== undefined &&
        clock.now() - trouble.since >= UNLISTED_MS;
      if (wasTakenOut || isOld) await records.forget(pageId);
      else if (trouble !== undefined) relevant.push(record);
    }
    const unchecked = [...listed].map((pageId) => ({ pageId }));
    known = new Map([...unchecked, ...relevant].map((record) => [record.pageId, record]));
    for (const [pageId, { trouble }] of before) {
      if (trouble && !known.get(pageId)?.trouble) listener.settled(pageId);
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      waking = new AbortController();
      try {
        await readRecords();
        checkDue();
        await silence.look(known.values());
      } catch (error) {
        if (!closing.signal.aborted) listener.failed(undefined, error);
      }
      await clock.wait(LOOK_EVERY_MS, AbortSignal.any([closing.signal, waking.signal]));
    }
  }
  const running = run();

  return {
    read: () => [...known.values()],
    failed(pageId, error) {
      const trouble = troubleOf(error, clock.now());
      if (trouble) void begin(pageId, () => park(pageId, trouble, pages.get(pageId)));
    },
    sent(pageId) {
      const trouble = known.get(pageId)?.trouble;
      if (trouble === undefined) return;
      // Beside a call that is refused others may still have been taken.
      if (clock.now() < (trouble.until ?? trouble.since + LOOK_EVERY_MS)) return;
      void begin(pageId, () => resume(pageId));
    },
    heard: (pageId) => silence.heard(pageId),
    look: () => waking.abort(),
    async close() {
      closing.abort();
      await running;
      await Promise.all(under);
    },
  };
}

/**
 * Whether a check that found nothing ends a trouble: not one that only sends show, such as a restriction,
 * unless the Page is set up otherwise by now.
 */
function isOver(
  { kind, since, until = since + MINUTE_MS, settings }: PageTrouble,
  foundTrouble: string | undefined,
  { checkedAt, checkedWith }: { readonly checkedAt: number; readonly checkedWith: string },
): boolean {
  // Nothing but time ends it: each call before makes its wait longer.
  if (kind === 'throttled') return checkedAt >= until;
  return settings !== checkedWith || foundTrouble === kind;
}

/** Tells settings from others, and gives none of them away. */
function fingerprint({ accessToken, appSecret, sendsPerSecond }: PageSettings): string {
  const text = JSON.stringify([accessToken, appSecret, sendsPerSecond]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
