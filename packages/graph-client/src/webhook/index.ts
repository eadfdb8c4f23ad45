// The handshake and the signature
export { answerChallenge } from './challenge.ts';
export type { ChallengeAnswer } from './challenge.ts';
export { verifySignature } from './verify.ts';
export type { SignedBody } from './verify.ts';
export { parseSignedRequest } from './signed-request.ts';
export type { SignedRequest, SignedRequestOptions } from './signed-request.ts';

// Deliveries
export { parseDelivery } from './parse.ts';
export type { ParsedDelivery } from './parse.ts';

// Events
export type { WebhookEvent } from './events.ts';
export type { Channel, EventBase, PageEvent, PersonEvent, Platform } from './event-base.ts';
export type { UnsupportedEvent } from './unsupported.ts';

// Events: messages
export type { Attachment } from './attachment.ts';
export type { AttachmentsEvent, HopContext, ReplyTo, TextEvent } from './message.ts';
export type { Nlp, NlpEntity, NlpGuess } from './nlp.ts';
export type { DeletionEvent } from './deletion.ts';
export type { EchoEvent } from './echo.ts';
export type { EditEvent } from './edit.ts';
export type { DeliveryEvent, ReadEvent } from './receipt.ts';
export type { ReactionEvent } from './reaction.ts';

// Events: how a person came, and what they tapped and filled in
export type { AccountLinkingEvent } from './account-linking.ts';
export type { AdsContext, Lead, Referral, ReferralEvent } from './referral.ts';
export type { CouponEvent } from './coupon.ts';
export type { CustomerInformationEvent, CustomerInformationScreen, LeadFormEvent } from './form.ts';
export type {
  FeedbackAnswer,
  FeedbackEvent,
  FeedbackScreen,
  ResponseFeedbackEvent,
} from './feedback.ts';
export type { OptinEvent } from './optin.ts';
export type { OrderEvent, OrderProduct } from './order.ts';
export type { PostbackEvent } from './postback.ts';

// Events: the Page, its inbox and its apps
export type { AppRolesEvent } from './app-roles.ts';
export type { LabelEvent } from './label.ts';
export type { PolicyEvent } from './policy.ts';
export type { TemplateStatusEvent } from './template-status.ts';
export type { ThreadControlEvent } from './thread-control.ts';
