import type { Bot, Turn } from '@bot/handlers';
import type { QuickReply } from '@bot/graph-client/builders';
import { LANGUAGE } from './language.ts';
import { texts } from './texts.ts';

/** What the menu's first item carries. */
export const HELP = 'HELP';

/** Says what this bot does, when asked in so many words or by a tap. */
export function help(bot: Bot): Bot {
  return bot.tap(HELP, sayHelp).text(/^\s*(help|trợ giúp|hướng dẫn)\s*[?!.]*\s*$/iu, sayHelp);
}

/** What can be tapped under a greeting. */
export function helpMenu(locale: string): readonly QuickReply[] {
  const { helpTitle, otherLanguage } = texts(locale);
  return [
    { title: helpTitle, payload: HELP },
    { title: otherLanguage, payload: LANGUAGE },
  ];
}

async function sayHelp(turn: Turn): Promise<void> {
  const { locale } = turn;
  await turn.reply({ text: texts(locale).help, quickReplies: helpMenu(locale) });
}
