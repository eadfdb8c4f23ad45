import type { Bot } from '@bot/handlers';
import { texts } from './texts.ts';

const known = ['sticker', 'image', 'video', 'audio', 'file', 'location'] as const;

/** Answers what the bot cannot read with a friendly sentence that says what it saw. */
export function askForText(bot: Bot): Bot {
  return bot.attachment(async (turn) => {
    const [first] = turn.event.attachments;
    const kind = known.find((each) => each === first?.type) ?? 'anything';
    // Of whoever has not chosen a language nobody knows which one they read.
    const locales = turn.locale === 'en' ? ['en'] : ['vi', 'en'];
    const lines = locales.map((locale, index) => {
      const said = texts(locale);
      const sentence = said.unreadable(said[kind]);
      return index === 0 ? sentence : `(${sentence})`;
    });
    await turn.reply(lines.join('\n'));
  });
}
