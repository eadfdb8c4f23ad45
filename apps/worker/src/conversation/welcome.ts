import type { Bot } from '@bot/handlers';

/** Answers taps on buttons, "Get started" among them. */
export function welcome(bot: Bot): Bot {
  return bot.postback((turn) =>
    turn.reply('Chào bạn! Bạn nhắn gì, mình nhắc lại nấy. 😊\n(Hello! I say back what you write.)'),
  );
}
