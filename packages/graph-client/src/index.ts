// The client
export { createGraphClient } from './client.ts';
export type { GraphClient } from './client.ts';
export type { GraphClientOptions } from './options.ts';
export type { GraphCall } from './graph-call.ts';
export type { Clock, StopTimer } from './clock.ts';
export { GRAPH_API_VERSION } from './versions.ts';
export type { VersionWarning } from './versions.ts';

// Messages; their content is typed in @bot/graph-client/builders
export type {
  Messages,
  OutgoingMessage,
  OutgoingReaction,
  OutgoingText,
  SenderAction,
  SentMessage,
  SentText,
} from './api/messages.ts';
export type { MessagingType, Recipient, SendOptions } from './api/send-options.ts';
export type { MessageContent, MessageKind, OneKind } from './content/message.ts';
export { MAX_METADATA_LENGTH, MAX_TEXT_LENGTH } from './limits.ts';

// Files
export type { Attachments, Upload } from './api/attachments.ts';
export type { FileSource, UploadFile } from './multipart.ts';

// The rest of the API, by resource
export type {
  Commands,
  IceBreakers,
  MenuItem,
  MessengerProfile,
  PersistentMenu,
  ProfileField,
  ProfileSettings,
} from './api/messenger-profile.ts';
export type { UserField, UserProfile, Users } from './api/users.ts';
export type { ConversationSummary, Conversations, StoredMessage } from './api/conversations.ts';
export { PAGE_INBOX_APP_ID } from './api/threads.ts';
export type { ThreadOptions, Threads } from './api/threads.ts';
export type { Persona, Personas } from './api/personas.ts';
export type { Label, Labels } from './api/labels.ts';
export type { BlockedPerson, Moderation, ModerationAction } from './api/moderation.ts';
export type { Subscription, SubscriptionRepair, Subscriptions } from './api/subscriptions.ts';
export type {
  NewUtilityTemplate,
  UtilityTemplate,
  UtilityTemplatePart,
  UtilityTemplates,
} from './api/utility-templates.ts';
export type { Sticker, Stickers } from './api/stickers.ts';
export { MAX_BATCH_SIZE } from './api/batch.ts';
export type { Batch, BatchCall, BatchResult } from './api/batch.ts';
export type { CallOptions } from './api/call-options.ts';

// Between a call and the network
export { defaultPipeline } from './pipeline/pipeline.ts';
export type { PipelineOptions, PipelineSources } from './pipeline/pipeline.ts';
export type {
  GraphAnswer,
  Middleware,
  Next,
  OutgoingCall,
  RateClass,
} from './pipeline/middleware.ts';
export { retry } from './pipeline/retry.ts';
export type { RetryOptions } from './pipeline/retry.ts';
export { rateLimit } from './pipeline/rate-limit.ts';
export { createRateLimiter } from './pipeline/rate-limiter.ts';
export type { RateLimiter, RateLimits } from './pipeline/rate-limiter.ts';
export { usageFeed } from './pipeline/usage-feed.ts';
export type { Usage } from './pipeline/usage.ts';
export { breaker } from './pipeline/breaker.ts';
export type { BreakerOptions } from './pipeline/breaker.ts';

// The network
export { createTransport } from './transport.ts';
export type {
  StreamedBody,
  Transport,
  TransportOptions,
  TransportRequest,
  TransportResponse,
} from './transport.ts';

// What can go wrong
export { classify } from './classify.ts';
export type { Classification, ErrorKind, ErrorScope, Outcome } from './classification.ts';
export {
  GraphApiError,
  GraphError,
  ParkedError,
  PartlySentError,
  RequestError,
  TransportError,
} from './errors.ts';
export type { GraphRefusal, TransportFailure } from './errors.ts';
