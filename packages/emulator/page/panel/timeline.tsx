import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../live/language.ts';
import { threads } from '../live/session.ts';
import { timelineRows } from '../model/timeline.ts';
import type { KnownPerson } from '../model/world.ts';
import { TimelineItem } from './timeline-item.tsx';
import './timeline.css';

interface Props {
  readonly person: KnownPerson;
}

const NEAR_PX = 60;

/** Deliveries and calls on one line of time, the newest at the bottom. */
export function Timeline({ person: { psid, name } }: Props): JSX.Element {
  const { text } = words.value;
  const thread = threads.value.get(psid);
  const rows =
    thread === undefined ? [] : timelineRows(thread.deliveries.values(), thread.calls.values());
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useSignal(true);
  const newest = useComputed(() => threads.value.get(psid));

  useLayoutEffect(() => {
    const box = list.current?.closest('.panel-body');
    if (!box) return undefined;
    const onScroll = (): void => {
      atEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    };
    box.addEventListener('scroll', onScroll);
    return () => box.removeEventListener('scroll', onScroll);
  }, []);
  useLayoutEffect(() => {
    const box = list.current?.closest('.panel-body');
    if (box && atEnd.peek()) box.scrollTop = box.scrollHeight;
  }, [newest.value, psid]);

  return (
    <div class="timeline">
      <h2 class="panel-title">{text('timelineOf', { name })}</h2>
      {rows.length === 0 && <p class="quiet">{text('timelineEmpty')}</p>}
      <ol ref={list} data-testid="timeline">
        {rows.map((row) => (
          <TimelineItem key={`${row.entry.kind}-${row.entry.id}`} row={row} />
        ))}
      </ol>
    </div>
  );
}
