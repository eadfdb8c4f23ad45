import type { JSX } from 'preact';
import type { MessengerProfile } from '../../src/graph/profile.ts';
import { words } from '../live/language.ts';
import { localized } from '../model/localized.ts';

interface Command {
  readonly name: string;
  readonly description: string;
}

/** The commands that begin with what was written after a slash. */
export function commandsFor(
  { commands }: MessengerProfile,
  language: string,
  written: string,
): readonly Command[] {
  const begun = /^\/(\S*)$/.exec(written)?.[1]?.toLowerCase();
  if (begun === undefined) return [];
  const all = localized(commands, language)?.commands ?? [];
  return all.filter(({ name }) => name.toLowerCase().startsWith(begun) && name !== begun);
}

interface Props {
  readonly commands: readonly Command[];
  readonly onChoose: (name: string) => void;
}

export function Commands({ commands, onChoose }: Props): JSX.Element | null {
  if (commands.length === 0) return null;
  return (
    <div class="commands" role="group" aria-label={words.value.text('commands')}>
      {commands.map(({ name, description }) => (
        <button key={name} type="button" class="item" onClick={() => onChoose(name)}>
          <span>
            /{name}
            <small>{description}</small>
          </span>
        </button>
      ))}
    </div>
  );
}
