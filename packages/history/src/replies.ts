import type { HistoryEvent } from './event-records.ts';
import { toJson, type MessageRecord } from './record.ts';

/**
 * Runs an outside effect once; those of `@bot/queue`'s turns fit. `message` is what the effect sends,
 * as `@bot/handlers` tells it; a step without one is no reply.
 */
export type Step = <Result>(
  name: string,
  effect: (step: { readonly id: string; readonly behind?: number | undefined }) => Promise<Result>,
  message?: object,
) => Promise<Result | undefined>;

/** A human wrote it by code of the bot's own: see `asHuman` of `@bot/handlers`. */
const HUMAN = /(?:^|-)human-\d+$/;

/**
 * Tells of each reply in a turn's steps, once it is known what became of it. Also one that an earlier attempt carried out is told with its message,
 * so a process that dies between a reply and its record loses none.
 */
export function observeReplies(
  event: HistoryEvent,
  step: Step,
  now: () => number,
  tell: (record: MessageRecord) => void,
): Step {
  const { id, pageId, psid = '', timestamp: at } = event;

  function note(name: string, message: object, sentAt: number, more: Partial<MessageRecord>): void {
    const { text, ...rest } = message as { text?: unknown };
    const [type = 'text'] = typeof text === 'string' ? [] : Object.keys(message);
    tell({
      kind: 'message',
      key: `${id}/${name}`,
      pageId,
      psid,
      at,
      step: name,
      type,
      sentAt,
      direction: HUMAN.test(name) ? 'human' : 'out',
      state: 'sent',
      text: typeof text === 'string' ? text : undefined,
      payload: Object.keys(rest).length === 0 ? undefined : toJson(rest),
      ...more,
    });
  }

  return async (name, effect, message) => {
    if (message === undefined) return step(name, effect);
    // Of a step that was done before nobody knows better.
    let sentAt = at;
    try {
      const result = await step(
        name,
        (begun) => {
          // Before the call, so that no receipt for it can be older.
          sentAt = now();
          return effect(begun);
        },
        message,
      );
      note(name, message, sentAt, outcomeOf(result));
      return result;
    } catch (error) {
      note(name, message, sentAt, { state: 'failed', error: codeOf(error) });
      throw error;
    }
  };
}

/** By what the outbox of `@bot/handlers` keeps of a send; nothing when that is lost. */
function outcomeOf(result: unknown): Partial<MessageRecord> {
  const { messageId, refused } = (result ?? {}) as { messageId?: unknown; refused?: unknown };
  if (typeof refused === 'string') return { state: 'failed', error: refused };
  return typeof messageId === 'string' ? { mid: messageId } : {};
}

/** `kind` and `code` of an error, as those of `@bot/graph-client` have them; never its message. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { kind, code } = error as Error & { kind?: unknown; code?: unknown };
  const told = [kind, code].filter((part) => typeof part === 'string' || typeof part === 'number');
  return told.length === 0 ? error.name : told.join(' ');
}
