// The bot and its handlers
export { createBot, type Bot } from './bot.ts';
export type { BotOptions } from './bot-options.ts';
export {
  Router,
  type Handler,
  type HandlerArgs,
  type PayloadHandler,
  type RouterPart,
} from './router.ts';
export {
  attachment,
  both,
  command,
  keywords,
  ofType,
  postback,
  quickReply,
  tap,
  text,
  timer,
  type Filter,
  type Pattern,
  type QuickReplyEvent,
  type SpeechEvent,
  type TapEvent,
} from './filters.ts';

// Turns
export { asHuman, type HumanVoice, type Turn } from './turn.ts';
export type { TurnPorts } from './turn-ports.ts';
export { conversationOf, type Conversation } from './conversation.ts';
export { isNotice, type BotEvent, type EventOf, type TimerEvent } from './event.ts';

// Replies
export type { Refusal, Reply, ReplyOptions, ReplyOutcome } from './reply.ts';
export type { Action, Outgoing, Sender } from './sender.ts';
export type { BegunStep, StepJournal } from './step-journal.ts';
export {
  LONG_WINDOW_MS,
  messagingWindow,
  STANDARD_WINDOW_MS,
  type MessagingType,
  type WindowRequest,
  type WindowVerdict,
} from './messaging-window.ts';
export type { TakeoverOptions } from './takeover.ts';

// What is kept of a conversation
export type { SessionOptions } from './session.ts';
export type { SessionStore, SessionToSave, StoredSession } from './session-store.ts';
export {
  createMemorySessionStore,
  type MemorySessionStoreOptions,
} from './session-stores/memory.ts';
export {
  createRedisSessionStore,
  type RedisCommands,
  type RedisSessionStoreOptions,
} from './session-stores/redis.ts';

// What was said before
export type { PastMessage, PastRequest } from './past.ts';
export type { TurnNote, TurnOutcome } from './turn-note.ts';

// Dialogues of several questions, and what comes later
export { again, cancel, next, pass, type Answer } from './flow-answer.ts';
export {
  createFlow,
  FLOW_BACK,
  FLOW_CANCEL,
  type AnswerEvent,
  type Flow,
  type FlowOptions,
  type FlowStep,
} from './flow.ts';
export type { FlowState } from './flow-state.ts';
export type { Reminder, Scheduler } from './timers.ts';
export type { BurstOptions } from './burst.ts';

// Understanding
export { firstOf, type Intent, type Recogniser, type RecogniserInput } from './recogniser.ts';
export { createKeywordRecogniser } from './keyword-recogniser.ts';
export { createMessengerNlp, type MessengerNlpOptions } from './messenger-nlp.ts';
export { fold } from './fold.ts';
export { matchKeyword } from './keywords.ts';

// Buttons
export { createPayload, type Payload, type PayloadOptions, type PayloadRead } from './payload.ts';

// What a Page shows around its conversations
export {
  diffProfile,
  formatDiff,
  type Profile,
  type ProfileChange,
  type ProfilePart,
  type WantedProfile,
} from './profile.ts';
export { syncProfile, type ProfilePort, type SyncProfileOptions } from './profile-sync.ts';

// Time
export type { Clock } from './clock.ts';

// The middleware algebra
export { compose, when, type Middleware, type Next } from './middleware.ts';

// Errors
export {
  BotError,
  NextTwiceError,
  PayloadError,
  ReplyError,
  SessionError,
  SetupError,
  TurnOverError,
  TurnTimeoutError,
} from './errors.ts';
export { HandlerError, isPageTrouble } from './handler-error.ts';

// Texts by language
export { createTexts, type Text, type Worded } from './texts.ts';
