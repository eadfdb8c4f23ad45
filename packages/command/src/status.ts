import type { PageStatus } from '@bot/pages';
import type { QueueFigures, RedisFinding } from '@bot/queue';
import { type Context, type Verdict, withQueue } from './context.ts';
import { count, formatDuration, formatTime } from './events.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

/** Something that needs a person. */
interface Need {
  readonly about: 'queue' | 'dead-letters' | 'redis' | 'page';
  readonly text: string;
  /** What to do. */
  readonly remedy: string;
}

/** Meta asks for an answer within 30 seconds. */
const LATE_MS = 30_000;

/** `bot status` */
export function showStatus(context: Context): Promise<Verdict> {
  return withQueue(context, async ({ queue, inspect, pageStatus }) => {
    const [figures, findings, pages] = await Promise.all([
      queue.figures(),
      inspect(),
      pageStatus(),
    ]);
    const needs = [
      ...needsOfQueue(figures),
      ...findings.flatMap(needsOfRedis),
      ...pages.flatMap(needsOfPage),
    ];
    const data = { ok: needs.length === 0, needs, queue: figures, redis: findings, pages };
    context.output.show(data, (width) => [
      ...linesOfQueue(figures),
      `Redis:         ${findings.length === 0 ? 'keeps what it is given' : ''}`.trimEnd(),
      ...findings.map(({ kind, message }) => `  ${kind}: ${printable(message)}`),
      '',
      ...formatTable(columns, pages.map(rowOf), width),
      '',
      ...(needs.length === 0 ? ['Nothing needs a person.'] : ['What needs a person:']),
      ...needs.map(({ text, remedy }) => printable(`- ${text} ${remedy}`)),
    ]);
    return needs.length === 0 ? 'well' : 'trouble';
  });
}

function linesOfQueue(figures: QueueFigures): string[] {
  const { waitingLanes, waitingEvents, oldestAgeMs, delayedEvents, deadLetters } = figures;
  return [
    `Lanes:         ${waitingLanes} with ${count(waitingEvents, 'event')}`,
    `Longest wait:  ${formatDuration(oldestAgeMs)}`,
    `For later:     ${count(delayedEvents, 'event')}`,
    `Dead letters:  ${deadLetters}`,
  ];
}

const columns = [{ title: 'PAGE' }, { title: 'NAME', mayShrink: true }, { title: 'STATE' }];

function rowOf(page: PageStatus): string[] {
  const { pageId = '-', name = '-', checkedAt } = page;
  const [need] = needsOfPage(page);
  const state = checkedAt === undefined ? 'not checked' : `well at ${formatTime(checkedAt)}`;
  return [pageId, name, need === undefined ? state : 'in trouble'];
}

function needsOfQueue({ oldestAgeMs, deadLetters }: QueueFigures): Need[] {
  const needs: Need[] = [];
  if (oldestAgeMs > LATE_MS) {
    const text = `A lane has waited for a worker for ${formatDuration(oldestAgeMs)}.`;
    const remedy = 'See whether workers run; start more.';
    needs.push({ about: 'queue', text, remedy });
  }
  if (deadLetters > 0) {
    const text = `${count(deadLetters, 'event')} ${deadLetters === 1 ? 'was' : 'were'} given up on.`;
    const remedy = '`bot dead-letters list` says why.';
    needs.push({ about: 'dead-letters', text, remedy });
  }
  return needs;
}

/** A warning is of a bad moment that may never come, and some set their Redis so on purpose. */
function needsOfRedis({ kind, message }: RedisFinding): Need[] {
  if (kind === 'warning') return [];
  return [{ about: 'redis', text: message, remedy: 'The apps do not start before that.' }];
}

function needsOfPage({ pageId, name, ...page }: PageStatus): Need[] {
  const who = `Page ${name ?? pageId ?? ''}`.trim();
  const needs: Need[] = [];
  const add = (text: string, remedy: string): void =>
    void needs.push({ about: 'page', text: `${who} ${text}`, remedy });
  const { trouble, missingFields = [], silentSince } = page;
  if (trouble !== undefined) {
    const { kind, since, reason, remedy } = trouble;
    add(`is in trouble since ${formatTime(since)} (${kind}): ${reason}`, remedy);
  }
  if (missingFields.length > 0) {
    add(`sends us no ${missingFields.join(', ')}.`, '`bot pages check --repair` mends that.');
  }
  if (silentSince !== undefined) {
    add(`is silent since ${formatTime(silentSince)}.`, '`bot pages check` looks whether it works.');
  }
  return needs;
}
