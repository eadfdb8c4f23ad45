import { z } from 'zod';
import type { Person } from './person.ts';

/** What all but a wish to be forgotten have. */
interface Happening extends Person {
  /** When it happened, in ms since 1970. */
  readonly at: number;
}

/** An event that is kept, or something that was said. */
export interface MessageRecord extends Happening {
  readonly kind: 'message';
  /** The event's id, or the step's: with the time, which no attempt changes, it is written once. */
  readonly key: string;
  readonly direction: 'in' | 'out' | 'human';
  readonly type: string;
  readonly mid?: string | undefined;
  readonly text?: string | undefined;
  /** As JSON. */
  readonly payload?: string | undefined;
  readonly step?: string | undefined;
  readonly state: 'received' | 'sent' | 'failed';
  readonly sentAt?: number | undefined;
  readonly error?: string | undefined;
}

/** Messages arrived, or were read: all that were sent up to a time, or some by themselves. */
export interface ReceiptRecord extends Happening {
  readonly kind: 'receipt';
  readonly state: 'delivered' | 'read';
  readonly until?: number | undefined;
  readonly mids: readonly string[];
}

/** The echo of a step shows that its message arrived, and which one it is. */
export interface EchoRecord extends Happening {
  readonly kind: 'echo';
  readonly step: string;
  readonly mid: string;
}

/** Somebody else has the conversation, or the bot has it again. */
export interface ControlRecord extends Happening {
  readonly kind: 'control';
  readonly owner: 'human' | 'bot';
}

/** A person took a message back. */
export interface UnsentRecord extends Happening {
  readonly kind: 'unsent';
  readonly mid: string;
}

/** What the turn of an event came to. */
export interface NotesRecord extends Happening {
  readonly kind: 'notes';
  /** The event's id. */
  readonly key: string;
  /** As JSON. */
  readonly notes: string;
}

/** The person is forgotten: what stands before this goes, what comes behind it stays. */
export interface ForgetRecord extends Person {
  readonly kind: 'forget';
}

/** One thing to be kept, or forgotten, as it travels through Redis. */
export type HistoryRecord =
  | MessageRecord
  | ReceiptRecord
  | EchoRecord
  | ControlRecord
  | UnsentRecord
  | NotesRecord
  | ForgetRecord;

const person = { pageId: z.string().max(64), psid: z.string().max(64) };
/** Of what a date can be. */
const time = z.int().min(0).max(8_640_000_000_000_000);
const happening = { ...person, at: time };
const word = z.string().max(100);

const schema: z.ZodType<HistoryRecord> = z.discriminatedUnion('kind', [
  z.object({
    ...happening,
    kind: z.literal('message'),
    key: z.string().min(1).max(700),
    direction: z.enum(['in', 'out', 'human']),
    type: word,
    mid: z.string().optional(),
    text: z.string().optional(),
    payload: z.string().optional(),
    step: z.string().optional(),
    state: z.enum(['received', 'sent', 'failed']),
    sentAt: time.optional(),
    error: z.string().optional(),
  }),
  z.object({
    ...happening,
    kind: z.literal('receipt'),
    state: z.enum(['delivered', 'read']),
    until: time.optional(),
    mids: z.array(z.string()),
  }),
  z.object({ ...happening, kind: z.literal('echo'), step: z.string(), mid: z.string() }),
  z.object({ ...happening, kind: z.literal('control'), owner: z.enum(['human', 'bot']) }),
  z.object({ ...happening, kind: z.literal('unsent'), mid: z.string() }),
  z.object({
    ...happening,
    kind: z.literal('notes'),
    key: z.string().min(1).max(700),
    notes: z.string(),
  }),
  z.object({ ...person, kind: z.literal('forget') }),
]);

/** Of the characters that PostgreSQL has no place for: NUL, and halves of a pair. */
const UNFIT = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** Anything as JSON that PostgreSQL takes. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return UNFIT.test(json) ? JSON.stringify(value, fit) : json;
}

function fit(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return fitText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [fitText(name), item]));
}

const fitText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

export const encodeRecord = (each: HistoryRecord): string => toJson(each);

/** Nothing when it is none of ours: another version's, or somebody else's. */
export function decodeRecord(json: string): HistoryRecord | undefined {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
