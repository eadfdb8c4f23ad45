import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { faceOf, isReactionName } from './reaction-faces.ts';

interface Props {
  readonly reaction: string;
  readonly by: string;
}

export function Reaction({ reaction, by }: Props): JSX.Element {
  const { text } = words.value;
  const name = text(isReactionName(reaction) ? `reaction-${reaction}` : 'reaction-other');
  const label = text('reactionOf', { name: by, reaction: name });
  return (
    <span class="reaction" role="img" aria-label={label} title={label}>
      {faceOf(reaction)}
    </span>
  );
}
