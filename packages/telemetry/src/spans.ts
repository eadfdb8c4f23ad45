import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { contextOf } from './trace-parent.ts';

type Kind = 'server' | 'consumer' | 'client';

export interface SpanOptions {
  readonly kind: Kind;
  /** Asked for only when the span is recorded. */
  readonly attributes?: () => Attributes;
  /** Where it goes on that began elsewhere, as a W3C `traceparent`. Default: the active span. */
  readonly from?: string | undefined;
  /** It begins a trace of its own. */
  readonly root?: boolean;
}

const kinds: Record<Kind, SpanKind> = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
};

/** Does something as a span: what it starts is part of it, and its failure is the span's. */
export async function inSpan<Result>(
  name: string,
  { kind, attributes, from, root = false }: SpanOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const parent = from === undefined ? context.active() : contextOf(from);
  const known = root ? undefined : trace.getSpanContext(parent);
  // What is part of a trace that nobody records is not recorded either, and costs next to nothing.
  if (known !== undefined && (known.traceFlags & TraceFlags.SAMPLED) === 0) {
    return from === undefined ? work() : context.with(parent, work);
  }
  const run = async (span: Span): Promise<Result> => {
    if (attributes && span.isRecording()) span.setAttributes(attributes());
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: failureOf(error) });
      throw error;
    } finally {
      span.end();
    }
  };
  const options = { kind: kinds[kind], root };
  return trace.getTracer('messenger-bot').startActiveSpan(name, options, parent, run);
}

/** The kind of an error, or its name: its message may name a person. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'kind' in error && typeof error.kind === 'string' ? error.kind : error.name;
}
