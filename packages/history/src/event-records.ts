import { toJson, type HistoryRecord, type MessageRecord } from './record.ts';

/** An event as the history sees it; those of `@bot/graph-client` and `@bot/handlers` fit. */
export interface HistoryEvent {
  readonly type: string;
  /** Names it for ever: the same one that comes again is written once. */
  readonly id: string;
  readonly pageId: string;
  /** Absent for what concerns the Page alone. */
  readonly psid?: string | undefined;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** What stands in columns of its own. */
const columns = new Set(['type', 'id', 'pageId', 'psid', 'timestamp', 'mid', 'text']);
/** The Page's own inbox, in which humans answer; one page of Meta's writes it with a 0 less. */
const INBOXES: ReadonlySet<unknown> = new Set(['263902037430900', '26390203743090']);
/** What a bot writes into a message's metadata: `<event id>/<step name>`. */
const STEP_ID = /\/[a-z]+(?:-[a-z]+)*-\d+$/;

/**
 * What is kept of an event. Receipts, and echoes of the bot's own messages, change the messages that
 * they are about and are no messages themselves.
 */
export function recordsOf(event: HistoryEvent): HistoryRecord[] {
  const fields = event as HistoryEvent & Readonly<Record<string, unknown>>;
  const { id, type, pageId, psid = '', timestamp: at } = event;
  const common = { pageId, psid, at };
  const mid = textIn(fields['mid']);
  const message = (
    direction: MessageRecord['direction'],
    more: Partial<MessageRecord> = {},
  ): MessageRecord => ({
    ...common,
    kind: 'message',
    key: id,
    direction,
    type,
    mid,
    text: textIn(fields['text']) ?? textIn(fields['title']),
    payload: payloadOf(fields),
    state: 'received',
    ...more,
  });

  if (type === 'delivery' || type === 'read') {
    const until = fields['watermark'];
    const told = Array.isArray(fields['mids'])
      ? fields['mids'].filter(isText)
      : [mid].filter(isText);
    const state = type === 'read' ? 'read' : 'delivered';
    return typeof until === 'number'
      ? [{ ...common, kind: 'receipt', state, until, mids: [] }]
      : [{ ...common, kind: 'receipt', state, mids: told }];
  }
  if (type === 'echo') {
    const { appId, metadata } = fields;
    if (typeof metadata === 'string' && STEP_ID.test(metadata)) {
      return [{ ...common, kind: 'echo', step: metadata, mid: mid ?? '' }];
    }
    const isHuman = appId === undefined || INBOXES.has(appId);
    return [message(isHuman ? 'human' : 'out', { state: 'sent', sentAt: at })];
  }
  if (type === 'thread-control') {
    const owner = ownerAfter(fields);
    const control = { ...common, kind: 'control', owner } as const;
    return [message('in'), ...(owner === undefined ? [] : [{ ...control, owner }])];
  }
  if (type === 'deletion' && mid !== undefined) {
    return [message('in', { mid: undefined }), { ...common, kind: 'unsent', mid }];
  }
  return [message('in')];
}

/** Meta tells of a pass whoever gets the thread, and of a take whoever loses it. */
function ownerAfter({
  action,
  newOwnerAppId,
}: Readonly<Record<string, unknown>>): 'human' | 'bot' | undefined {
  if (action === 'take') return 'human';
  if (action === 'pass') return INBOXES.has(newOwnerAppId) ? 'human' : 'bot';
  return undefined;
}

function payloadOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const rest = Object.entries(fields).filter(([name]) => !columns.has(name));
  return rest.length === 0 ? undefined : toJson(Object.fromEntries(rest));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const textIn = (value: unknown): string | undefined => (isText(value) ? value : undefined);
