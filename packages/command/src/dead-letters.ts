import type { DeadLetter } from '@bot/queue';
import { type Context, TroubleError, type Verdict, withQueue } from './context.ts';
import { formatTime, shownEvent } from './events.ts';
import { eachLetter } from './letters.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

/** `bot dead-letters list` */
export function listDeadLetters(
  context: Context,
  { limit, page }: { readonly limit: number; readonly page?: string | undefined },
): Promise<Verdict> {
  return withQueue(context, async ({ queue }) => {
    const { deadLetters: total } = await queue.figures();
    const letters: DeadLetter[] = [];
    for await (const letter of eachLetter(queue, page)) {
      // One more than is shown tells whether there are more.
      if (letters.push(letter) > limit) break;
      context.signal.throwIfAborted();
    }
    const shown = letters.slice(0, limit).map((letter) =>
      Object.assign(shownEvent(letter.event, {}), {
        at: letter.at,
        attempts: letter.failures.length,
        reason: reasonOf(letter),
      }),
    );
    context.output.show({ total, deadLetters: shown }, (width) => {
      if (letters.length === 0) return ['There are no dead letters here.'];
      const rows = shown.map(({ at, lane, type, attempts, reason, id }) => [
        formatTime(at),
        lane,
        type ?? '-',
        String(attempts),
        reason,
        id,
      ]);
      const more = letters.length > limit ? ['There are more: --limit shows them.'] : [];
      return [...formatTable(listed, rows, width), ...more];
    });
    return 'well';
  });
}

const listed = [
  { title: 'GIVEN UP' },
  { title: 'LANE' },
  { title: 'TYPE', mayShrink: true },
  { title: 'TRIES' },
  { title: 'WHY', mayShrink: true },
  { title: 'ID' },
];

/** Of the attempt that decided. */
function reasonOf({ failures }: DeadLetter): string {
  const last = failures.at(-1);
  return last === undefined ? '-' : `${last.name}: ${last.message}`;
}

/** `bot dead-letters show` */
export function showDeadLetter(
  context: Context,
  id: string,
  options: { readonly words?: boolean },
): Promise<Verdict> {
  return withQueue(context, async ({ queue }) => {
    const letter = await queue.deadLetters.get(id);
    if (letter === undefined) {
      throw new TroubleError(
        `There is no dead letter ${id}: it was replayed or dropped, or its id is another. \`bot dead-letters list\` shows those that are there.`,
      );
    }
    const { failures, steps, at } = letter;
    const event = shownEvent(letter.event, options);
    context.output.show({ ...event, at, failures, steps }, (width) => [
      `Event:     ${printable(id)}`,
      `Lane:      ${printable(event.lane)}`,
      `Type:      ${printable(event.type ?? '-')}`,
      `Happened:  ${formatTime(event.timestamp)}`,
      `Given up:  ${formatTime(at)}`,
      '',
      ...formatTable(
        [{ title: 'TRY' }, { title: 'WHY' }],
        failures.map(({ attempt, name, message }) => [String(attempt), `${name}: ${message}`]),
        width,
      ),
      ...(Object.keys(steps).length === 0
        ? []
        : [
            '',
            ...formatTable([{ title: 'STEP' }, { title: 'STATE' }], Object.entries(steps), width),
          ]),
      '',
      ...wordsOf(event, 'What the person did is not shown: --words shows it.'),
    ]);
    return 'well';
  });
}

/** What the event holds, or how to have it shown. */
function wordsOf(event: { readonly data?: unknown }, otherwise: string): readonly string[] {
  if (!('data' in event)) return [otherwise];
  return JSON.stringify(event.data, undefined, 2).split('\n').map(printable);
}
