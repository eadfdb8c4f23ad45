import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Delivery, GraphCall } from '../../src/state/state.ts';
import { words } from '../live/language.ts';
import { isFailure, type TimelineEntry, type TimelineRow } from '../model/timeline.ts';
import { CallDetails } from './call-details.tsx';
import { DeliveryDetails } from './delivery-details.tsx';

interface Props {
  readonly row: TimelineRow;
}

export function TimelineItem({ row }: Props): JSX.Element {
  const { entry, offset, startsBurst, bars } = row;
  const isOpen = useSignal(false);
  const { text, exactClock, ms } = words.value;
  const facts = factsOf(entry);
  const waits = entry.kind === 'delivery' && entry.delivery.attempts.length === 0;
  return (
    <li
      class={['entry', entry.kind, startsBurst && 'starts-burst', facts.failed && 'refused']
        .filter(Boolean)
        .join(' ')}
      data-testid={entry.kind}
    >
      <button
        type="button"
        class="entry-line"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="entry-at">
          <time>{waits ? '' : exactClock(entry.at)}</time>
          {offset !== undefined && !waits && (
            <span title={text('sinceDelivery', { ms: ms(offset) })}>+{ms(offset)}</span>
          )}
        </span>
        <span class="entry-name">
          <span class="entry-title">
            <span class="arrow" aria-hidden="true">
              {entry.kind === 'delivery' ? '⇢' : '⇠'}
            </span>
            {facts.name} <span class="entry-hint">{facts.hint}</span>
          </span>
          {facts.marks.map((mark) => (
            <span key={mark} class={`mark ${mark}`}>
              {text(mark)}
            </span>
          ))}
        </span>
        <span class="entry-result">
          <span class="code">{facts.status}</span>
          <span class="entry-ms">{facts.ms === undefined ? '' : ms(facts.ms)}</span>
        </span>
        <span class="track" aria-hidden="true">
          {bars.map((bar, index) => (
            <i
              key={index}
              class={bar.failed ? 'bar failed' : 'bar'}
              style={{ left: `${bar.start}%`, width: `${bar.length}%` }}
            />
          ))}
        </span>
      </button>
      {isOpen.value &&
        (entry.kind === 'delivery' ? (
          <DeliveryDetails delivery={entry.delivery} />
        ) : (
          <CallDetails call={entry.call} />
        ))}
    </li>
  );
}

type Mark = 'standby' | 'fault' | 'redelivery' | 'replayed';

interface Facts {
  readonly name: string;
  /** What it is about, in a word. */
  readonly hint?: string;
  readonly status: string;
  readonly failed: boolean;
  readonly ms: number | undefined;
  readonly marks: readonly Mark[];
}

function factsOf(entry: TimelineEntry): Facts {
  return entry.kind === 'delivery' ? deliveryFacts(entry.delivery) : callFacts(entry.call);
}

function deliveryFacts({ events, attempts, accepted, fault, replayOf }: Delivery): Facts {
  const last = attempts.at(-1);
  const { text } = words.value;
  const marks: readonly (Mark | false)[] = [
    events.some(({ standby }) => standby) && 'standby',
    fault !== undefined && 'fault',
    attempts.length > 1 && 'redelivery',
    replayOf !== undefined && 'replayed',
  ];
  const status = last?.status === 0 ? text('noAnswer') : String(last?.status ?? text('waiting'));
  return {
    name: namesOf(events.map(({ field }) => field)),
    status,
    failed: last !== undefined && !accepted,
    ms: last?.ms,
    marks: marks.filter((mark) => mark !== false),
  };
}

function callFacts(call: GraphCall): Facts {
  const { status, fault, errorCode } = call;
  const code = errorCode === undefined ? '' : ` (${errorCode})`;
  return {
    name: `${call.method} ${shortPath(call.path)}`,
    hint: hintOf(call.parameters),
    status: status === 0 ? words.value.text('reset') : `${status}${code}`,
    failed: isFailure(status),
    ms: call.ms,
    marks: fault === undefined ? [] : ['fault'],
  };
}

/** Ids are long, and mostly the same; the details have them whole. */
function shortPath(path: string): string {
  return path.replace(/^\/v\d+\.\d+/, '').replaceAll(/\d{6,}(\d{4})/g, '…$1');
}

function hintOf({ sender_action: action, message }: GraphCall['parameters']): string {
  if (typeof action === 'string') return action;
  if (typeof message !== 'object' || message === null) return '';
  return Object.keys(message).find((name) => name !== 'metadata' && name !== 'quick_replies') ?? '';
}

/** Each webhook field once, with how often it is there. */
function namesOf(fields: readonly string[]): string {
  const counts = Map.groupBy(fields, (field) => field);
  return [...counts]
    .map(([field, { length }]) => (length > 1 ? `${field} ×${length}` : field))
    .join(', ');
}
