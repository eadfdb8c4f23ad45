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
