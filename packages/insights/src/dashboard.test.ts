import { readFileSync } from 'node:fs';
import { sql, type Row } from '@bot/history';
import { describe, expect, it } from 'vitest';
import { at, human, useFigures } from './figures.test-setup.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets: readonly { readonly rawSql: string; readonly format: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string }[];
  };
}

const file = new URL('../../../deploy/observability/insights-dashboard.json', import.meta.url);
const text = readFileSync(file, 'utf8');
const guide = readFileSync(new URL('../../../docs/insights.md', import.meta.url), 'utf8');
const { panels, templating } = JSON.parse(text) as Dashboard;

/** What Grafana makes of a query: 3 to 5 January in Vietnam, both Pages. */
function expanded(query: string): string {
  const [from, to] = ["'2026-01-02T17:00:00Z'", "'2026-01-05T16:59:59.999Z'"];
  const whole = query
    .replaceAll(/\$__timeFilter\((\w+)\)/g, `$1 BETWEEN ${from} AND ${to}`)
    .replaceAll('$__timeFrom()', from)
    .replaceAll('${page:singlequote}', "'10','11'")
    .replaceAll('${bucket}', 'day')
    .replaceAll('${timezone}', 'Asia/Ho_Chi_Minh');
  expect(whole).not.toContain('$');
  return whole;
}

/** PostgreSQL's way to write a time is its own. */
function inMs({ time, ...row }: Row): Row {
  return typeof time === 'string' ? Object.assign(row, { time: Date.parse(time) }) : row;
}

/** In the order of the panels. */
const wanted: Readonly<Record<string, readonly Row[]>> = {
  'New people': [{ new: '1' }],
  'Returning people': [{ returning: '1' }],
  'Messages from people': [{ messages: '2' }],
  'Answered within 30 s': [{ share: 0.5 }],
  Unanswered: [{ unanswered: '1' }],
  'Taken over by humans': [{ takeovers: '1' }],
  People: [
    { time: at('02T17:00:00'), new: '0', returning: '1' },
    { time: at('03T17:00:00'), new: '1', returning: '0' },
  ],
  Messages: [
    { time: at('02T17:00:00'), 'from people': '1', 'from the bot': '1', 'from humans': '0' },
    { time: at('03T17:00:00'), 'from people': '1', 'from the bot': '1', 'from humans': '1' },
  ],
  Answers: [
    { 'within 30 s': '1', later: '0', 'by a human': '0', 'no answer': '0' },
    { 'within 30 s': '0', later: '1', 'by a human': '0', 'no answer': '0' },
  ],
  'Answer time': [
    { 'half within': 29.9, '95 % within': 29.9 },
    { 'half within': 30.1, '95 % within': 30.1 },
  ],
  Intents: [{ intent: 'price', times: '1', people: '1', confidence: 0.75 }],
  Buttons: [{ action: 'BUY', taps: '1', people: '1' }],
  Flows: [
    {
      flow: 'booking',
      question: 'day',
      asked: '1',
      left: '1',
      finished: '0',
      'share that left': 1,
    },
  ],
  'Unanswered over time': [{ time: at('02T17:00:00'), unanswered: '1' }],
  Takeovers: [{ 'to humans': '1', 'to another app': '0', 'back to the bot': '0' }],
};

describe('the dashboard for Grafana', () => {
  const { own, say } = useFigures('PostgreSQL');

  it('has in each panel what a hand counts', async () => {
    await say({ at: at('01T01:00:00') });
    await say({
      at: at('03T01:00:00'),
      repliesAfterMs: [29_900],
      notes: [
        { kind: 'unanswered' },
        { kind: 'intent', name: 'price', confidence: 0.75 },
        { kind: 'flow', flow: 'booking', step: 'day', change: 'asked' },
        { kind: 'flow', flow: 'booking', step: 'day', change: 'left' },
      ],
    });
    const tap = { type: 'postback', title: 'Mua', payload: 'BUY', psid: 'ben', pageId: '11' };
    await say({ ...tap, at: at('04T01:00:00'), repliesAfterMs: [30_100] });
    await say({ ...human, at: at('04T02:00:00'), notes: [{ kind: 'takeover', by: 'human' }] });

    const shown: Record<string, unknown> = {};
    for (const { title, targets } of panels) {
      for (const { rawSql } of targets) {
        const rows = await own.database.rows<Row>(sql.raw(expanded(rawSql)));
        shown[title] = rows.map((row) => inMs(row));
      }
    }
    expect(Object.keys(shown)).toEqual(Object.keys(wanted));
    expect(shown).toMatchObject(wanted);
  });

  it('needs no more than the rights that the guide gives, which show no message', async () => {
    await say({ at: at('03T01:00:00'), notes: [{ kind: 'unanswered' }] });
    const [, rights = ''] = /```sql\n([\s\S]*?)```/.exec(guide) ?? [];
    await own.database.rows(sql.raw(rights));
    const asGrafana = (query: string): Promise<Row[]> =>
      own.database.transaction(async (transaction) => {
        await transaction.rows(sql`set local role grafana`);
        return transaction.rows(sql.raw(query));
      });
    for (const { targets } of panels) {
      for (const { rawSql } of targets) await asGrafana(expanded(rawSql));
    }
    for (const table of [
      'messages',
      'conversations',
      'insights_unanswered_texts',
      'insights_notes',
    ]) {
      const asked = asGrafana(`select * from bot_history.${table}`);
      // 42501: a right that is missing.
      await expect(asked).rejects.toThrow('42501');
    }
  });

  it('has a list of Pages', async () => {
    await say({ at: at('03T01:00:00') });
    const { query = '' } = templating.list.find(({ name }) => name === 'page') ?? {};
    expect(await own.database.rows(sql.raw(query))).toEqual([{ page_id: '10' }]);
  });

  it('reads views without texts, and nothing else', () => {
    const tables = Array.from(text.matchAll(/bot_history\.(\w+)/g), ([, name = '']) => name);
    expect(tables.filter((name) => !name.startsWith('insights_'))).toEqual([]);
    expect(tables).not.toContain('insights_unanswered_texts');
  });

  it('gives times to what is drawn over time, and lays no panel over another', () => {
    for (const { type, targets } of panels) {
      for (const { format, rawSql } of targets) {
        expect(format).toBe(type === 'timeseries' ? 'time_series' : 'table');
        expect(/ as time\b/.test(rawSql)).toBe(type === 'timeseries');
      }
    }
    const squares = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from(
        { length: w * h },
        (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`,
      ),
    );
    expect(new Set(squares).size).toBe(squares.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});
