import { run } from '@bot/example-runner';
import { bot } from './bot.ts';

await run(bot, {
  profile: {
    getStarted: { payload: 'GET_STARTED' },
    greeting: [{ locale: 'default', text: 'Tiệm Tóc Mây xin chào {{user_first_name}}!' }],
    iceBreakers: [
      { locale: 'default', callToActions: [{ question: 'Đặt lịch hẹn', payload: 'BOOK' }] },
    ],
  },
});
