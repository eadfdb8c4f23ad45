import type { JSX } from 'preact';
import type { ChatMessage } from '../../src/state/state.ts';
import { words } from '../live/language.ts';
import { previewOf } from '../model/preview.ts';
import { Icon } from '../parts/icon.tsx';
import type { Speakers } from './bubble.tsx';

interface Props {
  readonly message: ChatMessage | undefined;
  readonly speakers: Speakers;
}

/** What a message answers; a click goes there. */
export function Quote({ message, speakers }: Props): JSX.Element {
  const { text } = words.value;
  const name = message?.direction === 'in' ? speakers.page : speakers.person;
  const said = message === undefined ? text('unknownMessage') : previewOf(message, words.value);
  return (
    <button type="button" class="quote" onClick={() => goTo(message?.mid)}>
      <span class="quote-name">
        <Icon name="reply" />
        {text('answers', { name })}
      </span>
      <span class="quote-text">{said}</span>
    </button>
  );
}

function goTo(mid: string | undefined): void {
  if (mid === undefined) return;
  const bubble = document.querySelector(`[data-mid="${CSS.escape(mid)}"]`);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  bubble?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}
