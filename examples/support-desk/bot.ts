import {
  createBot,
  type Bot,
  type BotEvent,
  type Next,
  type Recogniser,
  type Turn,
} from '@bot/handlers';
import type { MessageContent } from '@bot/graph-client/builders';
import type { TextEvent } from '@bot/graph-client/webhook';
import type { CallbackBook } from './callback-book.ts';
import { createCallbackFlow } from './callback.ts';
import { handOver, type PassToHumans } from './hand-over.ts';
import type { HelpPages } from './help-pages.ts';
import { readPhoneAndTime, writeTime } from './phone-and-time.ts';
import { texts } from './texts.ts';
import type { Language } from './words.ts';

/** What the desk works with. */
export interface SupportDeskOptions {
  readonly pages: HelpPages;
  /** Knows greetings and wishes, and which page a question is about. */
  readonly recogniser: Recogniser;
  readonly languageOf: (text: string) => Language | undefined;
  readonly book: CallbackBook;
  readonly passToHumans: PassToHumans;
}

/** The support desk: answers from its pages, notes callbacks, and hands over to humans. */
export function createSupportDesk(options: SupportDeskOptions): Bot {
  const { pages, recogniser, languageOf, book, passToHumans } = options;
  const callback = createCallbackFlow(book);
  const bot = createBot({ recogniser, locale: 'vi' })
    .use(async (turn, next) => {
      if (turn.event.type === 'text') turn.locale = languageOf(turn.event.text) ?? turn.locale;
      await next();
    })
    .tap('GET_STARTED', welcome)
    .tap('CALL_ME', (turn) => callback.start(turn))
    .tap('HUMAN', (turn) => handOver(turn, passToHumans))
    .flow(callback)
    .intent('greeting', welcome)
    .intent('thanks', (turn) => turn.reply(texts(turn.locale).welcomed))
    // Who is passed on by mistake waits for a human, so be surer than of other things.
    .intent('talk-to-human', (turn) => handOver(turn, passToHumans), 0.85)
    .intent('book-callback', (turn) => {
      const { event, locale } = turn;
      const { phone, at, trouble } = readPhoneAndTime(event.text, { now: turn.now(), locale });
      return callback.start(turn, { ...(phone && { phone }), ...(at && !trouble && { at }) });
    })
    .timer('callback', remindOfCall)
    .text(answer)
    .otherwise((turn) => {
      const { unsure, onlyText } = texts(turn.locale);
      const text = turn.event.type === 'text' ? unsure : onlyText;
      return turn.reply({ text, quickReplies: choices(turn) });
    });

  /** Questions that a page answers; the others are for who comes behind. */
  async function answer(turn: Turn<TextEvent>, next: Next): Promise<void> {
    const intents = await turn.intents();
    const found = await pages.answer({
      text: turn.event.text,
      language: turn.locale.startsWith('en') ? 'en' : 'vi',
      topics: intents.map(({ name }) => name),
      signal: turn.signal,
    });
    if (found === undefined) return next();
    const text = texts(turn.locale).answer(found.text, found.from);
    await turn.reply({ text, quickReplies: choices(turn) });
  }
  return bot;
}

function choices({ locale }: Turn): MessageContent['quickReplies'] {
  const { callMe, human } = texts(locale);
  return [
    { title: callMe, payload: 'CALL_ME' },
    { title: human, payload: 'HUMAN' },
  ];
}

/** Who has talked with the desk before is greeted otherwise. */
async function welcome(turn: Turn): Promise<void> {
  const [last] = await turn.history(1);
  const { welcome: first, welcomeBack } = texts(turn.locale);
  await turn.reply({ text: last ? welcomeBack : first, quickReplies: choices(turn) });
}

async function remindOfCall(turn: Turn<BotEvent & { readonly type: 'timer' }>): Promise<void> {
  const time = writeTime(Number(Reflect.get(Object(turn.event.data), 'at')));
  // A day after the person last wrote, only a template that Meta has approved may be sent.
  await turn.reply(texts(turn.locale).reminder(time), {
    utility: {
      name: 'callback_reminder',
      language: turn.locale,
      components: [{ type: 'body', parameters: [{ type: 'text', text: time }] }],
    },
  });
}
