import type { Bot } from '@bot/handlers';
import { helpMenu } from './help.ts';
import { texts } from './texts.ts';

/** What Get Started carries. */
export const GET_STARTED = 'GET_STARTED';

/** Greets whoever comes in. */
export function welcome(bot: Bot): Bot {
  return bot.postback(GET_STARTED, (turn) => {
    const { locale } = turn;
    return turn.reply({ text: texts(locale).welcome, quickReplies: helpMenu(locale) });
  });
}
