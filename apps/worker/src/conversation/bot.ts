import { createBot, type Bot } from '@bot/handlers';
import { sayBack } from './say-back.ts';
import { askForText } from './unreadable.ts';
import { welcome } from './welcome.ts';

/** This bot's conversation; the order of the topics is their priority. */
export function createConversation(): Bot {
  const bot = createBot();
  for (const topic of [welcome, sayBack, askForText]) topic(bot);
  return bot;
}
