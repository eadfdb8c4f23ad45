import { createBot, type Bot } from '@bot/handlers';
import { help } from './help.ts';
import { language } from './language.ts';
import { sayBack } from './say-back.ts';
import { texts } from './texts.ts';
import { askForText } from './unreadable.ts';
import { welcome } from './welcome.ts';

/** This bot's conversation; the order of the topics is their priority. */
export function createConversation(): Bot {
  const bot = createBot();
  for (const topic of [welcome, help, language, sayBack, askForText]) topic(bot);
  return bot.otherwise((turn) => turn.reply(texts(turn.locale).misunderstood));
}
