import type {
  EchoRecord,
  ForgetRecord,
  HistoryRecord,
  MessageRecord,
  NotesRecord,
  ReceiptRecord,
  UnsentRecord,
} from './record.ts';

/** What a batch changes about one conversation; times in ms since 1970. */
export interface ConversationChange {
  readonly pageId: string;
  readonly psid: string;
  firstSeen: number;
  /** When the person last did something. */
  lastSeen?: number | undefined;
  /** When the bot last answered, or was given the conversation. */
  botAt?: number | undefined;
  /** When humans answered, or took the conversation: the first time after the bot. */
  humanAt?: number | undefined;
  deliveredUntil?: number | undefined;
  readUntil?: number | undefined;
}

/** Records that may be written in any order. */
export interface Segment {
  readonly messages: readonly MessageRecord[];
  readonly conversations: readonly ConversationChange[];
  readonly echoes: readonly EchoRecord[];
  readonly receipts: readonly ReceiptRecord[];
  readonly unsent: readonly UnsentRecord[];
  readonly notes: readonly NotesRecord[];
  /** People who are forgotten once the rest is written. */
  readonly forgotten: readonly ForgetRecord[];
}

/**
 * Cuts records into pieces that are written one after another: whoever is forgotten in one may begin
 * anew in the next.
 */
export function segmentsOf(records: readonly HistoryRecord[]): Segment[] {
  const segments: Segment[] = [];
  let rest: HistoryRecord[] = [];
  for (const record of records) {
    const before = rest.at(-1);
    if (before?.kind === 'forget' && record.kind !== 'forget') {
      segments.push(segmentOf(rest));
      rest = [];
    }
    rest.push(record);
  }
  return rest.length === 0 ? segments : [...segments, segmentOf(rest)];
}

function segmentOf(records: readonly HistoryRecord[]): Segment {
  const of = <Kind extends HistoryRecord['kind']>(
    kind: Kind,
  ): Extract<HistoryRecord, { kind: Kind }>[] =>
    records.filter(
      (record): record is Extract<HistoryRecord, { kind: Kind }> => record.kind === kind,
    );
  return {
    messages: once(of('message')),
    conversations: conversationsOf(records),
    echoes: of('echo'),
    // A time is kept with the conversation.
    receipts: of('receipt').filter(({ mids }) => mids.length > 0),
    unsent: of('unsent'),
    notes: of('notes'),
    forgotten: of('forget'),
  };
}

/** A statement must not meet a row twice: of a turn that was run again the better outcome counts. */
function once(messages: readonly MessageRecord[]): MessageRecord[] {
  const byKey = new Map<string, MessageRecord>();
  for (const message of messages) {
    const key = `${message.at} ${message.key}`;
    const known = byKey.get(key);
    if (known === undefined || (known.state === 'failed' && message.state === 'sent')) {
      byKey.set(key, message);
    }
  }
  return [...byKey.values()];
}

/** Types of events that are no acts of the person. */
const others: ReadonlySet<string> = new Set([
  'timer',
  'thread-control',
  'app-roles',
  'policy',
  'label',
]);

function conversationsOf(records: readonly HistoryRecord[]): ConversationChange[] {
  const changes = new Map<string, ConversationChange>();
  const humanAts: { readonly change: ConversationChange; readonly at: number }[] = [];
  for (const record of records) {
    if (record.kind === 'forget' || record.psid === '') continue;
    const { pageId, psid, at } = record;
    const id = `${pageId}:${psid}`;
    const change = changes.get(id) ?? { pageId, psid, firstSeen: at };
    changes.set(id, change);
    change.firstSeen = Math.min(change.firstSeen, at);
    if (record.kind === 'receipt') {
      const { state, until } = record;
      if (state === 'delivered') change.deliveredUntil = later(change.deliveredUntil, until);
      else change.readUntil = later(change.readUntil, until);
    }
    if (record.kind === 'control' && record.owner === 'bot') change.botAt = later(change.botAt, at);
    if (record.kind === 'control' && record.owner === 'human') humanAts.push({ change, at });
    if (record.kind !== 'message') continue;
    if (record.direction === 'human' && record.state === 'sent') humanAts.push({ change, at });
    if (record.direction === 'in' && !others.has(record.type)) {
      change.lastSeen = later(change.lastSeen, at);
    }
    const isOwn = record.direction === 'out' && record.step !== undefined;
    if (isOwn && record.state === 'sent') change.botAt = later(change.botAt, at);
  }
  for (const { change, at } of humanAts) {
    if (change.botAt === undefined || at > change.botAt) {
      change.humanAt = Math.min(change.humanAt ?? at, at);
    }
  }
  return [...changes.values()];
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}
