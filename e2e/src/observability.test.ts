import { poll } from '@bot/dev';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack, type LocalStack } from './local-stack.ts';
import { queriesOf, readDashboard } from './observability/dashboard.ts';
import { labelsByMetric } from './observability/exposition.ts';
import { quotesOf, readGuide } from './observability/guide.ts';
import { selectionsOf } from './observability/promql.ts';
import { readAlerts } from './observability/rules.ts';

const pageId = '100000000000001';
const psid = '6174920385517204';
/** What Prometheus itself adds to each metric. */
const targetLabels = new Set(['job', 'instance']);
const until = { timeoutMs: 10_000, everyMs: 50 };

let local: LocalStack;
let known: ReadonlyMap<string, Set<string>>;
/** What the worker says while Redis is away. */
let alone: string;

const metricsOf = async (url: string): Promise<string> =>
  (await fetch(new URL('/metrics', url))).text();

/** All that is known to be wrong with the metrics that a query names. */
function problemsOf(query: string): string[] {
  return selectionsOf(query).flatMap(({ metric, labels }) => {
    const own = metric === 'up' ? new Set() : known.get(metric);
    if (own === undefined) return [`${metric} is no metric`];
    const strange = labels.filter((label) => !own.has(label) && !targetLabels.has(label));
    return strange.map((label) => `${metric} has no label ${label}`);
  });
}

beforeAll(async () => {
  local = await startLocalStack();
  const { emulator, stack, redis } = local;
  const [workerUrl = ''] = stack.workerUrls;
  const shows = async (url: string, what: string): Promise<string> => {
    let text = '';
    const seen = await poll(async () => (text = await metricsOf(url)).includes(what), until);
    if (!seen) throw new Error(`${url} does not show ${what}.`);
    return text;
  };
  // A reply that is not sent, a call that is made again, a Page that is parked.
  emulator.inject({ kind: 'window-closed', api: 'messages', times: 1 });
  emulator.say(psid, 'có ai không?');
  await shows(workerUrl, 'worker_refused_replies_total{');
  emulator.inject({ kind: 'refusal', code: 1200, api: 'messages', times: 1 });
  emulator.say(psid, 'alô?');
  await shows(workerUrl, 'graph_retries_total{');
  emulator.replaceToken(pageId, 'another');
  emulator.say(psid, 'còn đó không?');
  await shows(workerUrl, 'page_parked{');
  const worker = await shows(workerUrl, 'page_checked_timestamp_seconds{');
  await fetch(stack.webhookUrl, { method: 'POST', body: 'unsigned' });
  await redis.kill('SIGKILL');
  emulator.say(psid, 'còn ai không?');
  const webhook = await shows(stack.webhookUrl, 'webhook_refused_deliveries_total{');
  alone = await metricsOf(workerUrl);
  await redis.restart();
  known = labelsByMetric(webhook, worker);
});

afterAll(async () => {
  await local.stack.close();
});

describe('what Prometheus is asked for', () => {
  it.each(readAlerts())('by the alert $alert is on the apps’ /metrics', ({ expr }) => {
    expect(problemsOf(expr)).toEqual([]);
  });

  it.each(queriesOf(readDashboard()))('by the panel $panel, $legend, is there', ({ expr }) => {
    expect(problemsOf(expr)).toEqual([]);
  });

  const quoted = [...readGuide()].flatMap(([page, text]) =>
    quotesOf(text)
      .filter((quote) =>
        /^(webhook|worker|queue|graph|page|process|nodejs)_\w+({.*})?$/.test(quote),
      )
      .map((metric) => ({ page, metric })),
  );
  it.each(quoted)('by $page of the guide, as $metric, is there', ({ metric }) => {
    expect(problemsOf(metric)).toEqual([]);
  });

  it('is told by the worker while Redis is away, but for the queue', () => {
    expect(alone).toContain('queue_oldest_age_seconds Nan');
    expect(labelsByMetric(alone).has('process_resident_memory_bytes')).toBe(true);
  });

  it.each([
    [
      'sum(rate(webhook_malformed_delivery_total[5m]))',
      'webhook_malformed_delivery_total is no metric',
    ],
    ['worker_turns_total{result="retried"}', 'worker_turns_total has no label result'],
    ['sum by (page, reason) (page_parked)', 'page_parked has no label reason'],
    ['rate(worker_reply_seconds[5m])', 'worker_reply_seconds is no metric'],
  ])('would not be, were it %s', (query, problem) => {
    expect(problemsOf(query)).toEqual([problem]);
  });
});

it('repeats nothing of what was asked at the port of the worker', async () => {
  const answer = await fetch(new URL('/nowhere/secret', local.stack.workerUrls[0]));
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});
