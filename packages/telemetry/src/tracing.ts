import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export interface TracingOptions {
  /** Which service the spans are of. */
  readonly service: string;
  /**
   * The address of a collector, OTLP over HTTP, such as `http://collector:4318`. Without one nothing
   * is recorded, and traces still have ids, by which the log's lines of one delivery are found.
   */
  readonly endpoint?: string | undefined;
  /** Which share of the deliveries is recorded, from 0 to 1. Default 1. */
  readonly share?: number | undefined;
}

/** How long a collector may take; so long, too, one that is away holds up the end of the process. */
const timeoutMillis = 2_000;

/**
 * Makes this process trace, for all who use OpenTelemetry's API in it. A trace that began in another
 * process is recorded here if it was there.
 */
export function startTracing({ service, endpoint, share = 1 }: TracingOptions): {
  /** Sends what is still to be sent. */
  close(): Promise<void>;
} {
  const isRecorded = endpoint !== undefined;
  const root = isRecorded ? new TraceIdRatioBasedSampler(share) : new AlwaysOffSampler();
  const url = `${endpoint?.replace(/\/+$/, '')}/v1/traces`;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: isRecorded ? new ParentBasedSampler({ root }) : root,
    spanProcessors: isRecorded
      ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url, timeoutMillis }) })]
      : [],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    async close() {
      // A collector that is away must not keep the process from ending well.
      await provider.shutdown().catch(() => {});
      trace.disable();
      context.disable();
    },
  };
}
