import {
  again,
  createFlow,
  FLOW_CANCEL,
  next,
  pass,
  type Answer,
  type AnswerEvent,
  type Flow,
  type Turn,
} from '@bot/handlers';
import type { Callback, CallbackBook } from './callback-book.ts';
import { readPhoneAndTime, timeTroubleOf, writeTime } from './phone-and-time.ts';
import { texts } from './texts.ts';

const MINUTE_MS = 60 * 1_000;
/** How long before the call the person is reminded. */
const AHEAD_MS = 15 * MINUTE_MS;

/** The form: a number, a time, a look at both. Either may come with any answer. */
export function createCallbackFlow(book: CallbackBook): Flow<unknown, Callback> {
  return createFlow<Callback>({
    name: 'callback',
    steps: {
      phone: {
        ask: (turn, { phone }) => {
          const said = texts(turn.locale);
          return turn.reply(
            phone
              ? { text: said.samePhone(phone), quickReplies: [{ title: phone, payload: 'SAME' }] }
              : { text: said.phone, quickReplies: [{ type: 'user_phone_number' }] },
          );
        },
        answer: async (turn, data) => {
          const read = readAnswer(turn);
          const phone = read.phone ?? (isYes(turn) ? data.phone : undefined);
          if (!phone) return (await asideOf(turn)) ?? again(texts(turn.locale).badPhone);
          const at = read.trouble === undefined ? (read.at ?? data.at) : undefined;
          return at ? next({ phone, at }, 'confirm') : next({ phone });
        },
      },
      time: {
        ask: (turn) => turn.reply(texts(turn.locale).when),
        answer: async (turn) => {
          const { phone, at, trouble } = readAnswer(turn);
          if (trouble !== undefined) return again(texts(turn.locale)[trouble]);
          if (at !== undefined) return next({ at, ...(phone && { phone }) });
          if (phone !== undefined) return next({ phone }, 'time');
          return (await asideOf(turn)) ?? again(texts(turn.locale).badTime);
        },
      },
      confirm: {
        ask: (turn, { phone = '', at = 0 }) => {
          const said = texts(turn.locale);
          return turn.reply({
            text: said.confirm(phone, writeTime(at)),
            quickReplies: [
              { title: said.yes, payload: 'YES' },
              { title: said.otherPhone, payload: 'PHONE' },
              { title: said.otherTime, payload: 'TIME' },
              { title: said.cancel, payload: FLOW_CANCEL },
            ],
          });
        },
        answer: async (turn, { at = 0 }) => {
          const tapped = turn.event.type === 'text' ? turn.event.quickReplyPayload : undefined;
          if (tapped === 'PHONE') return next({ phone: '' }, 'phone');
          if (tapped === 'TIME') return next({}, 'time');
          const read = readAnswer(turn);
          // Hours may have passed since the question.
          const trouble = isYes(turn) ? timeTroubleOf(at, turn.now()) : read.trouble;
          if (trouble !== undefined) {
            await turn.reply(texts(turn.locale)[trouble]);
            return next({}, 'time');
          }
          if (isYes(turn)) return next();
          const { phone, at: newAt } = read;
          if (phone === undefined && newAt === undefined) return (await asideOf(turn)) ?? again();
          return next({ ...(phone && { phone }), ...(newAt && { at: newAt }) }, 'confirm');
        },
      },
    },
    remind: { afterMs: 10 * MINUTE_MS, say: (turn) => turn.reply(texts(turn.locale).stillThere) },
    expireMs: 60 * MINUTE_MS,
    cancelled: (turn) => turn.reply(texts(turn.locale).cancelled),
    async done(turn, { phone, at }) {
      await turn.step('callback', ({ id }) => book.note({ id, phone, at }));
      await turn.reply(texts(turn.locale).booked(phone, writeTime(at)));
      const afterMs = at - AHEAD_MS - turn.now();
      if (afterMs > 0) turn.remind({ name: 'callback', afterMs, data: { at } });
    },
  });
}

const readAnswer = (turn: Turn<AnswerEvent>): ReturnType<typeof readPhoneAndTime> =>
  readPhoneAndTime(turn.event.text ?? '', { now: turn.now(), locale: turn.locale });

function isYes({ event }: Turn<AnswerEvent>): boolean {
  const tapped = event.type === 'text' ? event.quickReplyPayload : undefined;
  if (tapped !== undefined) return tapped === 'YES' || tapped === 'SAME';
  return /^\s*(đúng|dung|ok|yes|yeah|phải|ừ)(\s|\W|$)/i.test((event.text ?? '').normalize('NFC'));
}

/** What is no answer but a question, or a wish, is for other handlers; the form waits. */
async function asideOf(turn: Turn<AnswerEvent>): Promise<Answer<Callback> | undefined> {
  if (/\d{5}/.test(turn.event.text ?? '')) return undefined;
  const [likeliest] = await turn.intents();
  return likeliest && likeliest.name !== 'book-callback' ? pass() : undefined;
}
