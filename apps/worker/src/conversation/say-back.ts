import type { Bot } from '@bot/handlers';

/** Answers every text by saying it back. */
export function sayBack(bot: Bot): Bot {
  return bot.text((turn) => turn.reply(`Bạn vừa nói: "${turn.event.text}"`));
}
