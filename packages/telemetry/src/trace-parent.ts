import {
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';

/** Where in which trace we are, as the next process is told of it; `undefined` outside of any. */
export function currentTraceParent(): string | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  if (context === undefined || !isSpanContextValid(context)) return undefined;
  const { traceId, spanId, traceFlags } = context;
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}

/** Where spans go on that began elsewhere; a trace of their own when it is none. */
export function contextOf(traceParent: string | undefined): Context {
  const parent = parseTraceParent(traceParent ?? '');
  return parent === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

/** The id that all spans of a trace share: what to search for. */
export function traceIdOf(traceParent: string | undefined): string | undefined {
  return parseTraceParent(traceParent ?? '')?.traceId;
}
