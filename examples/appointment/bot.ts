import { createBot, type Turn } from '@bot/handlers';
import { booking } from './booking.ts';
import { writeDayAndTime } from './day-and-time.ts';
import { texts } from './texts.ts';

/** The salon: a form, and a reminder of what was booked. */
export const bot = createBot()
  .use(async (turn, next) => {
    if (turn.event.type === 'text' && /^(hello|book|english)\b/i.test(turn.event.text)) {
      turn.locale = 'en';
    }
    await next();
  })
  .tap('BOOK', (turn) => booking.start(turn))
  .keywords(['đặt lịch', 'đặt hẹn', 'book'], (turn) => booking.start(turn))
  .flow(booking)
  .timer('appointment', async (turn) => {
    const at = Number(Reflect.get(Object(turn.event.data), 'at'));
    const { reminder } = texts(turn.locale);
    // A day after the person last wrote, only a template that Meta has approved may be sent.
    await turn.reply(reminder(writeDayAndTime(at)), {
      utility: {
        name: 'appointment_reminder',
        language: turn.locale,
        components: [{ type: 'body', parameters: [{ type: 'text', text: writeDayAndTime(at) }] }],
      },
    });
  })
  .otherwise(welcome);

async function welcome(turn: Turn): Promise<void> {
  const said = texts(turn.locale);
  await turn.reply({ text: said.welcome, quickReplies: [{ title: said.book, payload: 'BOOK' }] });
}
