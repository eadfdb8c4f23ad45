import type { AccountLinkingEvent } from './account-linking.ts';
import type { AppRolesEvent } from './app-roles.ts';
import type { CouponEvent } from './coupon.ts';
import type { DeletionEvent } from './deletion.ts';
import type { EchoEvent } from './echo.ts';
import type { EditEvent } from './edit.ts';
import type { FeedbackEvent, ResponseFeedbackEvent } from './feedback.ts';
import type { CustomerInformationEvent, LeadFormEvent } from './form.ts';
import type { LabelEvent } from './label.ts';
import type { AttachmentsEvent, TextEvent } from './message.ts';
import type { OptinEvent } from './optin.ts';
import type { OrderEvent } from './order.ts';
import type { PolicyEvent } from './policy.ts';
import type { PostbackEvent } from './postback.ts';
import type { ReactionEvent } from './reaction.ts';
import type { DeliveryEvent, ReadEvent } from './receipt.ts';
import type { ReferralEvent } from './referral.ts';
import type { TemplateStatusEvent } from './template-status.ts';
import type { ThreadControlEvent } from './thread-control.ts';
import type { UnsupportedEvent } from './unsupported.ts';

/**
 * One thing that a person or Meta did. Tell them apart by `type`.
 *
 * @see https://developers.facebook.com/docs/messenger-platform/webhooks
 */
export type WebhookEvent =
  | TextEvent
  | AttachmentsEvent
  | PostbackEvent
  | EchoEvent
  | DeliveryEvent
  | ReadEvent
  | ReactionEvent
  | EditEvent
  | DeletionEvent
  | ReferralEvent
  | OptinEvent
  | AccountLinkingEvent
  | ThreadControlEvent
  | AppRolesEvent
  | PolicyEvent
  | FeedbackEvent
  | ResponseFeedbackEvent
  | CustomerInformationEvent
  | LeadFormEvent
  | OrderEvent
  | CouponEvent
  | LabelEvent
  | TemplateStatusEvent
  | UnsupportedEvent;
