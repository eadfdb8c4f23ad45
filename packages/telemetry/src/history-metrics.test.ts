import { createManualClock } from '@bot/queue/testing';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createHistoryMetrics } from './history-metrics.ts';
import { createLog } from './log.ts';
import { createPseudonyms } from './pseudonyms.ts';

it('what the history tells is in metrics, and what went wrong also in the log', async () => {
  const lines: string[] = [];
  const log = createLog({
    name: 'worker',
    level: 'info',
    pseudonyms: createPseudonyms('bí-mật-1234'),
    destination: { write: (line: string) => void lines.push(line) },
  });
  const registry = new Registry();
  const metrics = createHistoryMetrics({
    registry,
    log,
    complain: (message, fields = {}) => log.warn(fields, message),
    figures: async () => ({ waiting: 7, rejected: 1 }),
    clock: createManualClock(),
  });
  metrics.recorded(3);
  metrics.wrote({ records: 2, ms: 40 });
  metrics.rejected('It is no record of this version.');
  metrics.lost(4, new Error('OOM'));
  metrics.away(new Error('ECONNREFUSED'));
  metrics.dropped(['messages_2025_01']);
  const text = await registry.metrics();
  for (const line of [
    'history_records_total{outcome="noted"} 3',
    'history_records_total{outcome="written"} 2',
    'history_records_total{outcome="rejected"} 1',
    'history_records_total{outcome="lost"} 4',
    'history_batch_seconds_sum 0.04',
    'history_database_away 1',
    'history_waiting_records 7',
    'history_rejected_records 1',
  ]) {
    expect(text).toContain(line);
  }
  metrics.back();
  expect(await registry.metrics()).toContain('history_database_away 0');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'a record of the history was put aside',
    'records of the history were lost',
    'the history is not written; records wait in Redis',
    'old months of the history were dropped',
    'the history is written again',
  ]);
});
