import { run } from '@bot/example-runner';
import { createBot } from '@bot/handlers';

export const bot = createBot()
  .postback('GET_STARTED', (turn) => turn.reply('Chào bạn! Bạn nhắn gì, mình nhắc lại nấy.'))
  .text((turn) => turn.reply(`Bạn vừa nói: "${turn.event.text}"`))
  .otherwise((turn) => turn.reply('Bạn nhắn bằng chữ giúp mình nhé! (Please write to me.)'));

if (import.meta.main) {
  await run(bot, { profile: { getStarted: { payload: 'GET_STARTED' } } });
}
