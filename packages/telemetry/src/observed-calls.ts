import type { Middleware, OutgoingCall } from '@bot/graph-client';
import type { Attributes } from '@opentelemetry/api';
import { Counter, Histogram, type Registry } from 'prom-client';
import { withoutIds } from './hidden-ids.ts';
import { failureOf, inSpan } from './spans.ts';

/**
 * Counts and traces what reaches Graph: stands innermost in a client's pipeline, so that each attempt
 * of a retry is a call, and one that was held back is none. May serve the clients of many Pages.
 *
 * @param monotonic Milliseconds of a clock that never goes back.
 */
export function observeCalls(registry: Registry, monotonic: () => number): Middleware {
  const registers = [registry];
  const calls = new Counter({
    name: 'graph_calls_total',
    help: 'Calls to Graph, by the limit they count against and by how they ended.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'graph_call_seconds',
    help: 'Time from a call to the end of its answer.',
    labelNames: ['kind'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const retries = new Counter({
    name: 'graph_retries_total',
    help: 'Calls that were made because the one before had failed.',
    labelNames: ['kind'],
    registers,
  });
  const made = new WeakSet<OutgoingCall>();

  return async (call, next) => {
    const { rateClass: kind, method, name } = call;
    if (made.has(call)) retries.inc({ kind });
    made.add(call);
    const begun = monotonic();
    let outcome = 'ok';
    try {
      const attributes = (): Attributes => ({
        kind,
        'http.request.method': method,
        'url.full': withoutIds(name.slice(name.indexOf(' ') + 1)),
      });
      return await inSpan('call', { kind: 'client', attributes }, next);
    } catch (error) {
      outcome = failureOf(error);
      throw error;
    } finally {
      calls.inc({ kind, outcome });
      seconds.observe({ kind }, (monotonic() - begun) / 1_000);
    }
  };
}
