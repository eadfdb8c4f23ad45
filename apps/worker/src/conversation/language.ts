import type { Bot, Turn } from '@bot/handlers';
import { texts } from './texts.ts';

/** What the tap on the other language carries. */
export const LANGUAGE = 'LANGUAGE';

/** Changes between Vietnamese and English; the choice is kept with the conversation. */
export function language(bot: Bot): Bot {
  return bot.tap(LANGUAGE, change);
}

async function change(turn: Turn): Promise<void> {
  turn.locale = turn.locale === 'en' ? 'vi' : 'en';
  await turn.reply(texts(turn.locale).spoken);
}
