import type { JSX } from 'preact';
import type { PageState } from '../../src/state/state.ts';
import { Tap } from '../content/choices.tsx';
import { say } from '../live/actions.ts';
import { words } from '../live/language.ts';
import { localized } from '../model/localized.ts';
import { GET_STARTED } from '../model/preview.ts';
import type { KnownPerson } from '../model/world.ts';
import { Avatar } from '../parts/avatar.tsx';

interface Props {
  readonly person: KnownPerson;
  readonly page: PageState;
}

/** What an empty conversation offers: the greeting, Get Started, and the ice breakers. */
export function EmptyConversation({ person, page }: Props): JSX.Element {
  const { psid, name } = person;
  const { text, language } = words.value;
  const { get_started: start, greeting, ice_breakers: breakers } = page.profile;
  const questions = localized(breakers, language)?.call_to_actions ?? [];
  return (
    <div class="empty">
      <Avatar class="page-avatar" id={page.id} name={page.name} />
      <h3>{page.name}</h3>
      <p class="greeting">
        {filled(localized(greeting, language)?.text, name) ??
          text('empty', { name, page: page.name })}
      </p>
      <div class="offers" data-testid="offers">
        {questions.map(({ question }) => (
          <Tap key={question} psid={psid} title={question} />
        ))}
        {start === undefined ? (
          <button
            type="button"
            class="choice"
            onClick={() => void say(psid, { text: text('greet') })}
          >
            {text('greet')}
          </button>
        ) : (
          <Tap psid={psid} title={GET_STARTED} label={text('getStarted')} class="choice start" />
        )}
      </div>
    </div>
  );
}

/** A greeting may call the person by name (developers.facebook.com, Greeting Text). */
function filled(greeting: string | undefined, name: string): string | undefined {
  return greeting
    ?.replaceAll('{{user_full_name}}', name)
    .replaceAll('{{user_first_name}}', name.split(' ').at(-1) ?? name)
    .replaceAll('{{user_last_name}}', name.split(' ')[0] ?? name);
}
