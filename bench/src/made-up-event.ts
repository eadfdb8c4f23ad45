import type { QueueEvent } from '@bot/queue';

/** When the first of them happened. */
const start = 1_795_000_000_000;
/** With the fields around it, about 1 kB as JSON. */
const longText = 'Xin chào, cho mình hỏi cửa hàng còn áo màu xanh không? '.repeat(13);

/** An event as the webhook would add it: an id of Meta's length, about 1 kB of data or less. */
export function madeUpEvent(index: number, lanes: number, text: string = longText): QueueEvent {
  const person = `69${String(index % lanes).padStart(14, '0')}`;
  const id = madeUpId(index);
  return {
    id,
    lane: `104729384756123:${person}`,
    timestamp: start + index,
    data: { kind: 'message', pageId: '104729384756123', psid: person, mid: id, text },
  };
}

export function madeUpEvents(count: number, lanes: number): QueueEvent[] {
  return Array.from({ length: count }, (_, index) => madeUpEvent(index, lanes));
}

export function madeUpId(index: number): string {
  return `m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_${index}`;
}
