import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryAttempt, GraphCall } from '../../src/state/state.ts';
import { timelineRows } from './timeline.ts';

const delivery = (id: string, ...attempts: readonly DeliveryAttempt[]): Delivery => ({
  id,
  events: [{ pageId: '10', psid: '1', field: 'messages', standby: false, mids: [] }],
  body: '{}',
  signature: '',
  attempts,
  done: true,
  accepted: true,
});
const attempt = (at: number, ms: number, status = 200): DeliveryAttempt => ({ at, ms, status });
const call = (id: string, at: number, ms: number, status = 200): GraphCall => ({
  id,
  method: 'POST',
  path: '/10/messages',
  parameters: {},
  status,
  at,
  ms,
});

describe('the timeline', () => {
  it('has deliveries and calls on one line, with the time since the delivery before', () => {
    const rows = timelineRows(
      [delivery('d1', attempt(1000, 10)), delivery('d2', attempt(1200, 10))],
      [call('c1', 1100, 50)],
    );
    expect(rows.map(({ entry, offset }) => [entry.id, offset])).toEqual([
      ['d1', undefined],
      ['c1', 100],
      ['d2', 200],
    ]);
  });

  it('draws bars on the line of what happened together', () => {
    const [first, second] = timelineRows([delivery('d1', attempt(0, 50))], [call('c1', 50, 150)]);
    expect(first?.bars).toEqual([{ start: 0, length: 25, failed: false }]);
    expect(second?.bars).toEqual([{ start: 25, length: 75, failed: false }]);
  });

  it('draws each attempt, and says which failed', () => {
    const [row] = timelineRows([delivery('d1', attempt(0, 10, 503), attempt(90, 10))], []);
    expect(row?.bars.map(({ start, failed }) => [start, failed])).toEqual([
      [0, true],
      [90, false],
    ]);
  });

  it('begins anew after two quiet seconds, however long the last one took', () => {
    const rows = timelineRows([], [call('a', 0, 1500), call('b', 3500, 1), call('c', 5600, 1)]);
    expect(rows.map(({ startsBurst }) => startsBurst)).toEqual([true, false, true]);
  });

  it('shows a delivery that waits for its turn last', () => {
    const rows = timelineRows([delivery('waits')], [call('c', 5, 1, 0)]);
    expect(rows.map(({ entry }) => entry.id)).toEqual(['c', 'waits']);
    expect(rows[0]?.bars[0]?.failed).toBe(true);
    expect(rows[1]?.bars).toEqual([]);
  });
});
