import type { TurnNote } from '@bot/handlers';
import { createReports, type Row } from '@bot/history';
import { systemClock } from '@bot/queue';
import { expect } from 'vitest';
import {
  useHistory,
  type DatabaseKind,
  type TestHistory,
} from '../../history/src/history.test-setup.ts';
import type { Filter } from './filter.ts';
import type { Report } from './report.ts';
import { findReport } from './reports.ts';

export { databases } from '../../history/src/history.test-setup.ts';

/** In Vietnam days begin at 17 o'clock UTC. */
export const at = (time: string): number => Date.parse(`2026-01-${time}Z`);

export interface Said {
  readonly at: number;
  readonly psid?: string;
  readonly pageId?: string;
  readonly notes?: readonly TurnNote[];
  /** After how long each reply goes out. */
  readonly repliesAfterMs?: readonly number[];
  readonly [field: string]: unknown;
}

/** Notes an event as a worker does, with its replies and what the turn came to. */
async function say(own: TestHistory, { repliesAfterMs = [], notes = [], ...said }: Said) {
  const { at: timestamp, ...rest } = said;
  const id = `m_${timestamp}_${said.psid ?? 'ann'}`;
  const event = {
    type: 'text',
    id,
    timestamp,
    pageId: '10',
    psid: 'ann',
    text: 'xin chào',
    ...rest,
  };
  const step = async <Result>(_name: string, effect: (step: { id: string }) => Promise<Result>) =>
    effect({ id });
  await own.recorder.turn(event, step, async (recorded) => {
    for (const [index, afterMs] of repliesAfterMs.entries()) {
      own.now = timestamp + afterMs;
      await recorded.step(`reply-${index + 1}`, async () => ({ messageId: `${id}r${index}` }), {
        text: 'Chào bạn!',
      });
    }
    await recorded.onOutcome?.([{ event, notes }]);
  });
  await own.write();
}

export const human = { type: 'echo', text: 'để em', psid: 'ann' };
const filter: Filter = {
  from: '2026-01-03',
  to: '2026-01-05',
  timeZone: 'Asia/Ho_Chi_Minh',
  texts: false,
};

/** Figures of a history that a test fills; 3 to 5 January in Vietnam, unless it says otherwise. */
export interface Figures {
  readonly own: TestHistory;
  readonly say: (said: Said) => Promise<void>;
  readonly rowsOf: (report: Report, change?: Partial<Filter>, most?: number) => Promise<Row[]>;
}

export function useFigures(kind: DatabaseKind): Figures {
  const own = useHistory(kind);

  async function rowsOf(report: Report, change: Partial<Filter> = {}, most = 50): Promise<Row[]> {
    const reports = createReports({
      database: own.database,
      clock: systemClock,
      timeLimitMs: 20_000,
    });
    const found = await reports.read((statements) =>
      findReport(statements, report, { filter: { ...filter, ...change }, most }),
    );
    if ('kind' in found) throw new Error(found.reason);
    const { rows } = found;
    expect(rows.every((row) => report.columns.every(({ name }) => name in row))).toBe(true);
    return [...rows];
  }

  return { own, rowsOf, say: (said) => say(own, said) };
}
