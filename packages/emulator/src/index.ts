// The emulator
export { createEmulator } from './emulator.ts';
export type { Emulator } from './emulator.ts';
export type { SentEvent } from './talk.ts';
export type { EmulatorOptions } from './options.ts';
export { defaultPeople } from './people.ts';
export type { Person } from './people.ts';

// What happened in it
export type {
  AttachmentKind,
  ChatMessage,
  Conversation,
  Delivery,
  DeliveryAttempt,
  EmulatorChange,
  EmulatorState,
  GraphCall,
  MessageStatus,
  Tap,
} from './state.ts';
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
