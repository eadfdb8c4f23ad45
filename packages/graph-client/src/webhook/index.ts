// The handshake and the signature
export { answerChallenge } from './challenge.ts';
export type { ChallengeAnswer } from './challenge.ts';
export { verifySignature } from './verify.ts';
export type { SignedBody } from './verify.ts';

// Deliveries
export { parseDelivery } from './parse.ts';
export type { ParsedDelivery } from './parse.ts';

// Events
export type {
  Attachment,
  AttachmentsEvent,
  Channel,
  DeliveryEvent,
  EchoEvent,
  EditEvent,
  EventBase,
  OptinEvent,
  Platform,
  PostbackEvent,
  ReactionEvent,
  ReadEvent,
  Referral,
  ReferralEvent,
  TextEvent,
  UnsupportedEvent,
  WebhookEvent,
} from './events.ts';
