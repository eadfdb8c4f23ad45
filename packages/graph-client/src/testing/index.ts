// Graph, without a network
export { createFakeTransport } from './fake-transport.ts';
export type {
  FakeAnswer,
  FakeTransport,
  FakeTransportOptions,
  RecordedRequest,
} from './fake-transport.ts';
export { createManualClock } from './manual-clock.ts';
export type { ManualClock } from './manual-clock.ts';

// Meta, sending deliveries
export {
  attachmentDelivery,
  deliveryBody,
  echoDelivery,
  joinDeliveries,
  postbackDelivery,
  reactionDelivery,
  readDelivery,
  receiptDelivery,
  stickerDelivery,
  textDelivery,
} from './deliveries.ts';
export type { Delivery, DeliveryEntry, Occasion } from './deliveries.ts';
export { toMetaJson } from './meta-json.ts';
export { signDelivery } from './sign.ts';
