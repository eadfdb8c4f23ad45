import { type Context, type Verdict, withQueue } from './context.ts';
import { count, formatDuration, formatTime, shownEvent } from './events.ts';
import { printable } from './printable.ts';
import { type Column, formatTable } from './table.ts';

/** `bot lanes show` */
export function showLane(
  context: Context,
  id: string,
  options: { readonly words?: boolean },
): Promise<Verdict> {
  return withQueue(context, async ({ queue }) => {
    const [figures, waiting] = await Promise.all([queue.lane(id), queue.events(id)]);
    const events = waiting.map((event) => shownEvent(event, options));
    context.output.show({ ...figures, lane: id, count: figures.events, events }, (width) => {
      if (figures.events === 0) return [`Lane ${printable(id)} holds nothing.`];
      const more = figures.events - events.length;
      const steps = Object.entries(figures.steps);
      const rows = events.map(({ timestamp, type, id: eventId, data }) => [
        formatTime(timestamp),
        type ?? '-',
        eventId,
        JSON.stringify(data) ?? '',
      ]);
      return [
        `Lane:      ${printable(id)}`,
        `Events:    ${figures.events}`,
        `Attempts:  ${figures.attempts} at the oldest`,
        `State:     ${stateOf(figures)}`,
        ...steps.map(([name, state]) => `Step:      ${printable(name)} is ${state}`),
        '',
        ...formatTable(options.words ? withWords : columns, rows, width),
        ...(more > 0 ? [`and ${count(more, 'event')} more`] : []),
      ];
    });
    return 'well';
  });
}

function stateOf({ heldMs, dueMs }: { readonly heldMs: number; readonly dueMs: number }): string {
  if (heldMs > 0) return 'a worker handles it';
  return dueMs > 0 ? `the next attempt is in ${formatDuration(dueMs)}` : 'it waits for a worker';
}

const columns: readonly Column[] = [{ title: 'HAPPENED' }, { title: 'TYPE' }, { title: 'ID' }];
const withWords: readonly Column[] = [...columns, { title: 'EVENT', mayShrink: true }];
