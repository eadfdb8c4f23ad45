import type { PastMessage, Turn } from '@bot/handlers';
import { texts } from './texts.ts';

/** Passes a conversation to the humans of the Page, with a note for them. */
export type PassToHumans = (psid: string, note: string) => Promise<void>;

/** Meta takes 1000 characters: six lines of them. */
const MOST_LINES = 6;
const MOST_CHARACTERS = 160;

const speakers = { in: 'Khách', out: 'Bot', human: 'Nhân viên' } as const satisfies Record<
  PastMessage['direction'],
  string
>;

/** Says so, and passes the conversation: from then on the bot may say nothing. */
export async function handOver(turn: Turn, pass: PassToHumans): Promise<void> {
  await turn.reply(texts(turn.locale).handedOver);
  await turn.step('hand-over', async () => pass(turn.conversation.psid, await noteOf(turn)));
}

/** The last lines of the talk; without a history the last one only. */
async function noteOf(turn: Turn): Promise<string> {
  const { event } = turn;
  const past = await turn.history(MOST_LINES - 1);
  const now = 'text' in event ? event.text : 'title' in event ? event.title : undefined;
  return [...past, { direction: 'in' as const, text: now }]
    .filter(({ text }) => text)
    .map(({ direction, text = '' }) => `${speakers[direction]}: ${text.replaceAll('\n', ' ')}`)
    .map((line) => line.slice(0, MOST_CHARACTERS).toWellFormed())
    .join('\n');
}
