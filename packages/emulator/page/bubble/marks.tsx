import type { JSX } from 'preact';
import type { ChatMessage } from '../../src/state/state.ts';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';

interface Props {
  readonly message: ChatMessage;
}

/** When it was said, whether it was changed, and how far it came. */
export function Marks({ message }: Props): JSX.Element {
  const { timestamp, direction, edits = 0, status, problem } = message;
  const { text, clock } = words.value;
  const label = statusLabel(message);
  return (
    <div class={edits > 0 ? 'marks edited' : 'marks'}>
      {edits > 0 && <span title={text('editedTimes', { count: edits })}>{text('edited')} ·</span>}
      <time dateTime={new Date(timestamp).toISOString()}>{clock(timestamp)}</time>
      {direction === 'out' && (
        <span class="status" title={label}>
          <Icon name={problem === undefined ? status : 'failed'} />
          <span class={problem === undefined ? 'hidden-text' : ''}>{label}</span>
        </span>
      )}
    </div>
  );
}

function statusLabel({ status, problem }: ChatMessage): string {
  const { text } = words.value;
  if (problem === undefined || (status !== 'failed' && status !== 'retrying')) {
    return text(
      status === 'retrying' || status === 'failed' ? `status-${status}-0` : `status-${status}`,
    );
  }
  return problem === 0 ? text(`status-${status}-0`) : text(`status-${status}`, { status: problem });
}
