import type { JSX } from 'preact';
import { language, speak, words } from '../live/language.ts';
import { nextTheme, theme } from '../live/theme.ts';
import { world } from '../live/session.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { AddPerson } from './add-person.tsx';
import { PeopleList } from './people-list.tsx';
import './sidebar.css';

const spoken = [
  ['vi', 'Tiếng Việt'],
  ['en', 'English'],
] as const;
const themeIcons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

export function Sidebar(): JSX.Element {
  const { text } = words.value;
  const names = [...world.value.pages.values()].map(({ name }) => name);
  return (
    <div class="sidebar card-face">
      <header class="head">
        <img src="/icon.svg" alt="" width="36" height="36" />
        <div class="titles">
          <h1 title={names.join(', ')}>{names.join(' · ') || 'Messenger'}</h1>
          <p>{text('subtitle')}</p>
        </div>
        <div class="languages" role="group" aria-label={text('language')}>
          {spoken.map(([code, name]) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-label={`${code.toUpperCase()}, ${name}`}
              aria-pressed={language.value === code}
              onClick={() => speak(code)}
            >
              {code.toUpperCase()}
            </button>
          ))}
        </div>
        <IconButton
          icon={themeIcons[theme.value]}
          label={text(`theme-${theme.value}`)}
          testId="theme"
          onClick={nextTheme}
        />
      </header>
      <PeopleList />
      <AddPerson />
    </div>
  );
}
