// The bot
export { createBot, type Bot, type Handler } from './bot.ts';
export type { EventOf, Pattern } from './filters.ts';

// Turns
export {
  conversationOf,
  type Conversation,
  type Sender,
  type StepJournal,
  type Turn,
  type TurnPorts,
} from './turn.ts';

// The middleware algebra
export { compose, when, type Middleware, type Next } from './middleware.ts';

// Sessions
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
