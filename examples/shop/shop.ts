import { run } from '@bot/example-runner';
import { bot } from './bot.ts';

await run(bot, {
  profile: {
    getStarted: { payload: 'GET_STARTED' },
    greeting: [{ locale: 'default', text: 'Tiệm Trà Nhỏ xin chào {{user_first_name}}!' }],
    persistentMenu: [
      {
        locale: 'default',
        callToActions: [
          { type: 'postback', title: 'Xem trà / See teas', payload: 'TEAS' },
          { type: 'postback', title: 'Giỏ hàng / Cart', payload: 'CART' },
        ],
      },
    ],
  },
});
