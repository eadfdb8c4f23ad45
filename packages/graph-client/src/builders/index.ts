// What a bot builds its messages with: no I/O, no HTTP client
export { toGraphMessage } from '../content/message.ts';
export { splitMessage } from '../content/split-message.ts';
export { splitText } from '../content/split-text.ts';
export { MAX_METADATA_LENGTH, MAX_TEXT_LENGTH } from '../limits.ts';

// Messages
export type {
  ImagesContent,
  MediaContent,
  MessageContent,
  MessageKind,
  OneKind,
  StickerContent,
  TemplateContent,
  TextContent,
  UtilityContent,
} from '../content/message.ts';
export type { Media, MediaSource, MediaType } from '../content/media.ts';
export type { QuickReply } from '../content/quick-replies.ts';
export type {
  UtilityButton,
  UtilityComponent,
  UtilityMessage,
  UtilityText,
} from '../content/utility-message.ts';

// Templates and their buttons
export type { Template } from '../content/templates.ts';
export type { ButtonTemplate } from '../content/button-template.ts';
export type { CouponTemplate } from '../content/coupon-template.ts';
export type { CustomerFeedbackTemplate, FeedbackQuestion } from '../content/feedback-template.ts';
export type { CustomerInformationTemplate } from '../content/customer-information-template.ts';
export type { GenericElement, GenericTemplate } from '../content/generic-template.ts';
export type {
  GridAction,
  GridImage,
  ImageGridElement,
  ImageGridTemplate,
} from '../content/image-grid-template.ts';
export type { MediaElement, MediaTemplate } from '../content/media-template.ts';
export type { ProductTemplate } from '../content/product-template.ts';
export type {
  ReceiptAddress,
  ReceiptElement,
  ReceiptSummary,
  ReceiptTemplate,
} from '../content/receipt-template.ts';
export type {
  AccountLinkButton,
  AccountUnlinkButton,
  Button,
  DefaultAction,
  GamePlayButton,
  PhoneNumberButton,
  PostbackButton,
  WebUrlButton,
} from '../content/buttons.ts';
