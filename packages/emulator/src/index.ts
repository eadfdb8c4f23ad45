// The emulator
export { createEmulator } from './running-emulator.ts';
export type { Emulator } from './emulator.ts';
export type { EmulatorOptions } from './options.ts';
export type { PageOptions } from './pages.ts';
export { defaultPeople } from './people.ts';
export type { Person, PersonOptions } from './people.ts';
export type { Handshake } from './webhook/handshake.ts';
export type { SentEvent } from './acts/person-acts.ts';
export type { Referral } from './webhook/person-events.ts';
export { EMULATED_APP_ID, PAGE_INBOX_APP_ID } from './webhook/events.ts';
export { webhookFields } from './webhook/webhook-fields.ts';

// What goes wrong on purpose
export type {
  CallFault,
  DeliveryFault,
  Fault,
  FaultScope,
  InjectedFault,
} from './faults/faults.ts';

// What happened in it
export type {
  Alert,
  AttachmentKind,
  ChatMessage,
  Conversation,
  DeliveredEvent,
  Delivery,
  DeliveryAttempt,
  EmulatorChange,
  EmulatorState,
  GraphCall,
  MessageStatus,
  PageState,
  Tap,
} from './state/state.ts';
export type { Fields } from './graph/bodies.ts';
export type { MediaAttachment, MediaType, OutgoingAttachment } from './graph/attachments.ts';
export type { MenuItem } from './graph/buttons.ts';
export type { MessageContent } from './graph/content.ts';
export type { OutgoingMessage, QuickReply } from './graph/message.ts';
export type { MessengerProfile } from './graph/profile.ts';
export type { SendParameters } from './graph/send-body.ts';
export type { TemplatePayload } from './graph/templates.ts';

// Ports
export type { Clock } from './clock.ts';
export type { Random } from './random.ts';

// Errors
export { EmulatorError } from './errors.ts';
export type { EmulatorErrorCode } from './errors.ts';
