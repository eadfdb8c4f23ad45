// Log
export { createLog, type LogOptions } from './log.ts';
export { createSparingLog, type SparingLogOptions, type SparingLog } from './sparing-log.ts';
export { eventFields, type EventFields } from './event-fields.ts';
export { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
export { createPageLog, type PageLog } from './page-log.ts';

// Metrics
export { createRegistry } from './registry.ts';
export {
  createWebhookMetrics,
  type DeliveryFigures,
  type Overload,
  type WebhookMetrics,
} from './webhook-metrics.ts';
export {
  createWorkerMetrics,
  type WorkerMetrics,
  type WorkerMetricsOptions,
} from './worker-metrics.ts';
export { addQueueMetrics } from './queue-metrics.ts';
export {
  createHistoryMetrics,
  type HistoryMetrics,
  type HistoryMetricsOptions,
} from './history-metrics.ts';
export { addPageMetrics, type PageFigures } from './page-metrics.ts';

// Traces
export { startTracing, type TracingOptions } from './tracing.ts';
export { inSpan, type SpanOptions } from './spans.ts';
export { currentTraceParent } from './trace-parent.ts';
export { traceTurns } from './turn-spans.ts';

// Both
export { observeCalls } from './observed-calls.ts';
