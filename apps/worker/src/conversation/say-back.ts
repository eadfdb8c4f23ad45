import type { Bot } from '@bot/handlers';
import { texts } from './texts.ts';

/** Answers every text by saying it back. */
export function sayBack(bot: Bot): Bot {
  return bot.text((turn) => turn.reply(texts(turn.locale).saidBack(turn.event.text)));
}
