import type { ChatMessage } from '../../src/state/state.ts';

/** One bubble and its place among its neighbours. */
export interface Row {
  readonly message: ChatMessage;
  /** The first one of its day. */
  readonly startsDay: boolean;
  /** It goes with the bubble above it. */
  readonly follows: boolean;
  /** The bubble below goes with it. */
  readonly goesOn: boolean;
}

/** Messages closer than this, of one speaker, form one group. */
const GROUP_MS = 5 * 60_000;

export function rowsOf(messages: readonly ChatMessage[]): readonly Row[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    return {
      message,
      startsDay: before === undefined || !sameDay(before, message),
      follows: before !== undefined && sameGroup(before, message),
      goesOn: after !== undefined && sameGroup(message, after),
    };
  });
}

function sameDay(a: ChatMessage, b: ChatMessage): boolean {
  return new Date(a.timestamp).toDateString() === new Date(b.timestamp).toDateString();
}

function sameGroup(a: ChatMessage, b: ChatMessage): boolean {
  return (
    a.direction === b.direction &&
    a.byHuman === b.byHuman &&
    a.persona === b.persona &&
    sameDay(a, b) &&
    b.timestamp - a.timestamp < GROUP_MS
  );
}
