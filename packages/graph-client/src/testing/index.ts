// Graph, without a network
export { createFakeTransport } from './fake-transport.ts';
export type {
  FakeAnswer,
  FakeTransport,
  FakeTransportOptions,
  RecordedRequest,
} from './fake-transport.ts';
export { graphError } from './graph-error.ts';
export { createManualClock } from './manual-clock.ts';
export type { ManualClock } from './manual-clock.ts';

// Meta, sending deliveries
export { deliveryBody, joinDeliveries, toStandby } from './deliveries.ts';
export type {
  Delivery,
  DeliveryEntry,
  DeliveryItem,
  Occasion,
  PageOccasion,
} from './deliveries.ts';
export { toMetaJson } from './meta-json.ts';
export { signDelivery, signRequest } from './sign.ts';

// Deliveries of messages, and of what becomes of them
export {
  attachmentDelivery,
  deletionDelivery,
  echoDelivery,
  editDelivery,
  reactionDelivery,
  readDelivery,
  receiptDelivery,
  stickerDelivery,
  textDelivery,
} from './deliveries-of-messages.ts';

// Deliveries of what a person tapped and filled in
export {
  accountLinkingDelivery,
  couponDelivery,
  customerInformationDelivery,
  feedbackDelivery,
  leadDelivery,
  leadFormDelivery,
  optinDelivery,
  orderDelivery,
  postbackDelivery,
  referralDelivery,
  responseFeedbackDelivery,
} from './deliveries-of-taps.ts';

// Deliveries of what happens to a Page, its inbox and its apps
export {
  appRolesDelivery,
  labelDelivery,
  policyDelivery,
  templateStatusDelivery,
  threadControlDelivery,
} from './deliveries-of-pages.ts';
export type { Handover } from './deliveries-of-pages.ts';
