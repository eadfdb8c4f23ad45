import type { Attributes } from '@opentelemetry/api';
import type { Handle } from '@bot/queue';
import { eventFields } from './event-fields.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { inSpan } from './spans.ts';

/** Makes each turn a span of the trace that its delivery began, or of one of its own. */
export function traceTurns(handle: Handle, pseudonyms: Pseudonyms): Handle {
  return (event, turn) => {
    const { trace: from, ...named } = event;
    const attributes = (): Attributes => ({
      ...eventFields(named, pseudonyms),
      attempt: turn.attempt,
    });
    const options = { kind: 'consumer', attributes, from, root: from === undefined } as const;
    return inSpan('turn', options, () => handle(event, turn));
  };
}
