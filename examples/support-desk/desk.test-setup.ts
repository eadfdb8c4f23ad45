import { join } from 'node:path';
import type { Bot } from '@bot/handlers';
import { readMarkdown, type PassageDatabase } from '@bot/nlp/model';
import { createSupportDesk, type SupportDeskOptions } from './bot.ts';
import type { CallbackBook } from './callback-book.ts';
import { createHelpPages } from './help-pages.ts';
import { createLanguageSense } from './language.ts';
import { learnIntents } from './understanding.ts';

/** The desk, and what it did outside of the conversation. */
export interface TestDesk {
  readonly bot: Bot;
  readonly callbacks: Parameters<CallbackBook['note']>[0][];
  readonly notes: string[];
  readonly reports: unknown[];
}

const files = await readMarkdown(join(import.meta.dirname, 'answers'));
const recogniser = learnIntents();

/** 8 o'clock in Đà Nẵng on a Tuesday, the first of December. */
export const startAt: number = Date.UTC(2026, 11, 1, 1);

export function openDesk(
  database: PassageDatabase,
  others: Partial<SupportDeskOptions> = {},
): TestDesk {
  const callbacks: TestDesk['callbacks'] = [];
  const notes: string[] = [];
  const reports: unknown[] = [];
  const bot = createSupportDesk({
    pages: createHelpPages({ files, database, report: (error) => void reports.push(error) }),
    recogniser,
    languageOf: createLanguageSense(files),
    book: { note: async (callback) => void callbacks.push(callback) },
    passToHumans: async (_psid, note) => void notes.push(note),
    ...others,
  });
  return { bot, callbacks, notes, reports };
}
