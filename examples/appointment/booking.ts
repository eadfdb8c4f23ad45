import { again, createFlow, FLOW_BACK, next } from '@bot/handlers';
import { readDayAndTime, writeDayAndTime } from './day-and-time.ts';
import { texts } from './texts.ts';

/** What the form asks for. */
export interface Booking {
  readonly service: 'cut' | 'wash' | 'dye';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly phone: string;
}

const services = ['cut', 'wash', 'dye'] as const;
const MINUTE_MS = 60 * 1_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The form: four questions, a look at the answers, and a reminder the day before. */
export const booking = createFlow<Booking>({
  name: 'booking',
  steps: {
    service: {
      ask: (turn) => {
        const said = texts(turn.locale);
        const quickReplies = services.map((each) => ({ title: said[each], payload: each }));
        return turn.reply({ text: said.which, quickReplies });
      },
      answer: ({ event, locale }) => {
        const said = texts(locale);
        const words = event.text?.trim().toLocaleLowerCase('vi');
        const tapped = event.type === 'text' ? event.quickReplyPayload : undefined;
        const service = services.find(
          (each) => each === tapped || said[each].toLocaleLowerCase('vi') === words,
        );
        return service === undefined ? again() : next({ service });
      },
    },
    time: {
      ask: (turn) => turn.reply(texts(turn.locale).when),
      answer: (turn) => {
        const at = readDayAndTime(turn.event.text ?? '', turn.now());
        return at === undefined ? again(texts(turn.locale).badTime) : next({ at });
      },
    },
    phone: {
      ask: (turn) =>
        turn.reply({
          text: texts(turn.locale).phone,
          quickReplies: [{ type: 'user_phone_number' }],
        }),
      answer: ({ event, locale }) => {
        const phone = (event.text ?? '').replaceAll(/[\s.-]/g, '').replace(/^\+84/, '0');
        return /^0\d{9}$/.test(phone) ? next({ phone }) : again(texts(locale).badPhone);
      },
    },
    confirm: {
      ask: (turn, { service = 'cut', at = 0, phone = '' }) => {
        const said = texts(turn.locale);
        return turn.reply({
          text: said.confirm(said[service], writeDayAndTime(at), phone),
          quickReplies: [
            { title: said.yes, payload: 'YES' },
            { title: said.back, payload: FLOW_BACK },
          ],
        });
      },
      answer: ({ event }) =>
        event.type === 'text' && (event.quickReplyPayload === 'YES' || isYes(event.text))
          ? next()
          : again(),
    },
  },
  remind: { afterMs: 10 * MINUTE_MS, say: (turn) => turn.reply(texts(turn.locale).stillThere) },
  expireMs: 2 * 60 * MINUTE_MS,
  expired: (turn) => turn.reply(texts(turn.locale).expired),
  cancelled: (turn) => turn.reply(texts(turn.locale).cancelled),
  async done(turn, { at }) {
    // Where a real salon writes into its calendar: once, however often the turn is run again.
    await turn.reply(texts(turn.locale).booked(writeDayAndTime(at)));
    const afterMs = Math.max(0, at - DAY_MS - turn.now());
    turn.remind({ name: 'appointment', afterMs, data: { at } });
  },
});

const isYes = (text: string): boolean => /^\s*(đúng|dung|ok|yes|phải)/i.test(text.normalize('NFC'));
