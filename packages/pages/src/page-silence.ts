import type { PageRecord, PageRecords } from './page-records.ts';
import { hourOf, silentSince } from './silence.ts';

/** Who is told; of each change by one worker only. */
export interface SilenceListener {
  /** A Page that used to talk has said nothing since then. */
  silent(pageId: string, since: number): void;
  heardAgain(pageId: string): void;
}

/** Follows when people say something to the Pages. */
export interface PageSilence {
  /** Somebody said something to the Page. */
  heard(pageId: string): void;
  /** Writes down what was heard, and looks at Pages that have said nothing for a while. */
  look(known: Iterable<PageRecord>): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function followSilence(options: {
  readonly records: PageRecords;
  readonly listener: SilenceListener;
  readonly now: () => number;
}): PageSilence {
  const { records, listener } = options;
  const talked = new Set<string>();
  /** When the hours of a Page were last looked at. */
  const lookedAt = new Map<string, number>();

  async function noteHeard(known: readonly PageRecord[], now: number): Promise<void> {
    const silent = new Set(
      known.filter(({ silentSince: since }) => since !== undefined).map(({ pageId }) => pageId),
    );
    for (const pageId of talked) {
      await records.noteHeard(pageId, now, hourOf(now));
      talked.delete(pageId);
      if (silent.has(pageId) && (await records.clearSilence(pageId))) listener.heardAgain(pageId);
    }
  }

  async function findSilent(known: readonly PageRecord[], now: number): Promise<void> {
    for (const { pageId, heardAt = now, silentSince: already } of known) {
      if (now - heardAt < HOUR_MS || already !== undefined) continue;
      if (now - (lookedAt.get(pageId) ?? -Infinity) < MINUTE_MS) continue;
      lookedAt.set(pageId, now);
      const since = silentSince(await records.hours(pageId), now);
      if (since === undefined) continue;
      if (await records.noteSilence(pageId, since)) listener.silent(pageId, since);
    }
  }

  return {
    heard: (pageId) => void talked.add(pageId),
    async look(known) {
      const now = options.now();
      const all = [...known];
      await noteHeard(all, now);
      await findSilent(all, now);
    },
  };
}
