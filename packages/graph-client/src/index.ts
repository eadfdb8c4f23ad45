// The client
export { createGraphClient } from './client.ts';
export type { GraphClient } from './client.ts';
export type { GraphClientOptions } from './options.ts';
export type { GraphCall } from './call.ts';
export type { Clock, StopTimer } from './clock.ts';

// The API, by resource
export type { Messages, SenderAction, SentMessage, TextMessage } from './messages.ts';
export { MAX_METADATA_LENGTH, MAX_TEXT_LENGTH } from './limits.ts';

// The network
export { createTransport } from './transport.ts';
export type {
  Transport,
  TransportOptions,
  TransportRequest,
  TransportResponse,
} from './transport.ts';

// What can go wrong
export { GraphApiError, GraphError, RequestError, TransportError } from './errors.ts';
export type { Effect, GraphErrorKind, GraphRefusal, Retry, TransportErrorKind } from './errors.ts';
